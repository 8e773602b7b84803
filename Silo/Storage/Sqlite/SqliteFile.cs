using Microsoft.Data.Sqlite;
using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>The database file: made or brought up to date when it opens, or refused with a sentence.</summary>
/// <param name="path">Where it is.</param>
/// <param name="lockedSeconds">How long to wait while another program writes.</param>
internal sealed class SqliteFile(string path, int lockedSeconds = SqliteHosting.LockedSeconds)
{
    internal string Path { get; } = path;

    private string ConnectionString => SqliteHosting.ConnectionString(Path, lockedSeconds);

    /// <exception cref="StorageUnavailableException">The file cannot be used; the message says why and what to change.</exception>
    internal void Open()
    {
        try
        {
            MakeForThisUserOnly();
            using var connection = new SqliteConnection(ConnectionString);
            connection.Open();
            // Readers and the one writer do not wait for each other; the file remembers this.
            connection.Execute("PRAGMA journal_mode=WAL");
            SqliteSchema.BringUpToDate(connection, Path);
        }
        catch (Exception failure) when (Reason(failure) is { } reason)
        {
            throw new StorageUnavailableException($"storagePath {Path} {reason}.", failure);
        }
    }

    /// <summary>Closes what the provider keeps pooled for this file.</summary>
    internal void Close()
    {
        using var pooled = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    /// <summary>Whether other users of this machine can read the passwords' hashes and the players' tokens in it. Unix only.</summary>
    internal bool IsOpenToOthers() =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    // SQLite would make the file with the process' mask, readable by everybody; its -wal and -shm take the file's mode.
    private void MakeForThisUserOnly()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (System.IO.Path.Exists(Path))
            return; // What is wrong with it, if anything, is SQLite's to say.
        using var _ = new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    private static string? Reason(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteErrors.NotADatabase } => "is not a SQLite database: name another file, or restore it from a backup",
        SqliteException { SqliteErrorCode: SqliteErrors.Corrupt } => "is damaged: restore it from a backup",
        SqliteException { SqliteErrorCode: SqliteErrors.Busy or SqliteErrors.Locked } => "is locked by another program: stop that one, or name another file",
        SqliteException { SqliteErrorCode: SqliteErrors.Full } => "has no room on its disk",
        SqliteException { SqliteErrorCode: SqliteErrors.ReadOnly or SqliteErrors.CannotOpen or SqliteErrors.Permission } sqlite =>
            $"cannot be opened for writing ({sqlite.Message}): check that it is a file this user may write",
        SqliteException sqlite => $"cannot be used ({sqlite.Message})",
        UnauthorizedAccessException or IOException => $"cannot be made ({failure.Message})",
        _ => null,
    };
}
