using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using MmoOrleans.Gateway.Databases;
using MmoOrleans.Silo.Storage;
using MmoOrleans.Silo.Storage.Sqlite;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class OpeningSqlite : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => Path.Combine(_folder.Path, "deep", "data", "mmo.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder_and_file_are_made()
    {
        Open(Database);
        Assert.Equal(1, Number("SELECT Version FROM MmoSchema"));
        Assert.Equal(3, Number("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void What_is_made_is_for_this_user_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes; the folder's rights hold there.");
        var file = new SqliteFile(Database);
        file.Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Database));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Database)!));
        Assert.False(file.IsOpenToOthers());
        File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.True(file.IsOpenToOthers());
    }

    [Fact]
    public void Opening_twice_changes_nothing_but_old_query_texts()
    {
        Open(Database);
        Run("UPDATE OrleansQuery SET QueryText = 'of an older program'");
        Open(Database);
        Assert.Equal(1, Number("SELECT count(*) FROM MmoSchema"));
        Assert.Equal(0, Number("SELECT count(*) FROM OrleansQuery WHERE QueryText = 'of an older program'"));
    }

    [Fact]
    public async Task Many_silos_that_open_one_new_file_at_once_all_do()
    {
        const int OnABusyMachine = 60; // The last waits for the three before.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new SqliteFile(Database, OnABusyMachine).Open())));
        Assert.Equal(1, Number("SELECT count(*) FROM MmoSchema"));
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_untouched()
    {
        Open(Database);
        Run("UPDATE MmoSchema SET Version = 9");
        Run("UPDATE OrleansQuery SET QueryText = 'newer'");
        Assert.Equal($"storagePath {Database} has schema 9, this program knows schemas up to 1: run the newer program that wrote it, or name another file.", Refusal(Database));
        Assert.Equal(3, Number("SELECT count(*) FROM OrleansQuery WHERE QueryText = 'newer'"));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_untouched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        Run("CREATE TABLE Photos (Id INTEGER)");
        Assert.Equal($"storagePath {Database} is a SQLite database of another program: name another file.", Refusal(Database));
        Assert.Equal(1, Number("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        var text = Path.Combine(_folder.Path, "notes.txt");
        File.WriteAllText(text, new string('x', 5000));
        Assert.Equal($"storagePath {text} is not a SQLite database: name another file, or restore it from a backup.", Refusal(text));
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        Open(Database);
        SqliteConnection.ClearAllPools();
        using (var file = File.Open(Database, FileMode.Open))
        {
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xEE, 4000).ToArray());
        }

        Assert.Equal($"storagePath {Database} is damaged: restore it from a backup.", Refusal(Database));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        var sentence = Refusal(_folder.Path);
        Assert.StartsWith($"storagePath {_folder.Path} cannot be opened for writing", sentence, StringComparison.Ordinal);
        Assert.EndsWith("check that it is a file this user may write.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith($"storagePath {file}/mmo.db cannot be made", Refusal(file + "/mmo.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_program_holds_is_refused_after_two_seconds()
    {
        Open(Database);
        using var other = Connect();
        using var transaction = other.BeginTransaction(deferred: false);
        Assert.Equal($"storagePath {Database} is locked by another program: stop that one, or name another file.", Refusal(Database));
    }

    [Fact]
    public async Task A_silo_does_not_start_without_its_storage()
    {
        var text = Path.Combine(_folder.Path, "notes.txt");
        File.WriteAllText(text, new string('x', 5000));
        await using var silo = new StoredSilo(new StorageSettings { Path = text });
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(silo.Start);
        Assert.StartsWith($"storagePath {text}", failure.Message, StringComparison.Ordinal);
    }

    private static void Open(string path) => new SqliteFile(path).Open();

    private static string Refusal(string path) => Assert.Throws<StorageUnavailableException>(() => Open(path)).Message;

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(SqliteHosting.ConnectionString(Database));
        connection.Open();
        return connection;
    }

    private long Number(string sql)
    {
        using var connection = Connect();
        return connection.ReadNumber(sql);
    }

    private void Run(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }
}
