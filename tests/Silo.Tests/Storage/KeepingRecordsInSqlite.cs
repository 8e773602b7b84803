using Microsoft.Data.Sqlite;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Tests.Storage.Faults;
using MmoOrleans.Silo.Storage.Sqlite;
using Orleans.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class KeepingRecordsInSqlite(SqliteSilo silo) : IClassFixture<SqliteSilo>
{
    private readonly string _key = $"keeper:{Guid.NewGuid()}";

    [Fact]
    public async Task A_record_survives_the_grain_that_wrote_it()
    {
        await silo.Keeper(_key).Keep("text");
        await silo.Keeper(_key).Keep("newer text");
        await silo.Deactivate(_key);
        Assert.Equal("newer text", await silo.Keeper(_key).Kept());
    }

    [Fact]
    public async Task A_record_survives_the_silo_that_wrote_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mmo.db");
        await using (var first = await Started(file)) await first.Keeper(_key).Keep("text");
        await using var second = await Started(file);
        Assert.Equal("text", await second.Keeper(_key).Kept());
    }

    [Fact]
    public async Task A_stopped_silo_leaves_one_whole_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mmo.db");
        await using (var first = await Started(file)) await first.Keeper(_key).Keep("text");
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    /// <summary>Without the words before them, Orleans' provider reads these as numbers and finds fewer records.</summary>
    [Fact]
    public async Task Names_that_look_like_numbers_are_records_of_their_own()
    {
        string[] names = ["cafe", "0cafe", "07", "007", "1+a", "01+a"];
        string[] keys = [.. names.Select(GrainKeys.Username), .. names.Select(GrainKeys.CharacterName), .. names.Select(GrainKeys.Email), .. names.Select(GrainKeys.Chat)];
        foreach (var key in keys) await silo.Keeper(key).Keep(key);
        foreach (var key in keys) await silo.Deactivate(key);
        foreach (var key in keys) Assert.Equal(key, await silo.Keeper(key).Kept());
        Assert.Equal(keys.Length, Count("GrainKey IN (" + string.Join(",", keys.Select(key => $"'{key}'")) + ")"));
    }

    [Fact]
    public async Task A_late_writer_meets_a_conflict_and_changes_nothing()
    {
        await silo.Keeper(_key).Keep("old");
        silo.Faults.FailNext(Mine, CommitPoint.After);
        Assert.False(await silo.Keeper(_key).TryKeep("new"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Keeper(_key).Keep("late"));
        Assert.Equal("new", await silo.Keeper(_key).Kept());
    }

    [Fact]
    public async Task Of_two_first_writers_the_later_meets_a_conflict()
    {
        silo.Faults.FailNext(Mine, CommitPoint.After);
        Assert.False(await silo.Keeper(_key).TryKeep("first"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Keeper(_key).Keep("second"));
        Assert.Equal("first", await silo.Keeper(_key).Kept());
    }

    [Fact]
    public async Task A_forgotten_record_is_gone_and_can_be_written_again()
    {
        await silo.Keeper(_key).Keep("text");
        await silo.Keeper(_key).Forget();
        await silo.Deactivate(_key);
        Assert.Null(await silo.Keeper(_key).Kept());
        await silo.Keeper(_key).Keep("again");
        Assert.Equal("again", await silo.Keeper(_key).Reread());
    }

    [Fact]
    public async Task Who_missed_that_a_record_was_forgotten_and_made_anew_meets_a_conflict()
    {
        await silo.Keeper(_key).Keep("text");
        Run($"UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE GrainKey = '{_key}'");
        Run($"UPDATE OrleansStorage SET PayloadBinary = x'7b7d', Version = Version + 1 WHERE GrainKey = '{_key}'");
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Keeper(_key).Forget());
    }

    [Fact]
    public async Task Who_missed_that_the_row_was_removed_meets_a_conflict()
    {
        await silo.Keeper(_key).Keep("text");
        Run($"DELETE FROM OrleansStorage WHERE GrainKey = '{_key}'");
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Keeper(_key).Keep("text"));
        Assert.Equal(0, Count($"GrainKey = '{_key}'"));
    }

    [Fact]
    public async Task Another_program_that_locks_the_file_delays_writes_and_harms_no_connection()
    {
        await silo.Keeper(_key).Keep("text");
        using (var other = Connect())
        using (var transaction = other.BeginTransaction(deferred: false))
        {
            var blocked = Enumerable.Range(0, 2).Select(number => silo.Keeper($"{_key}-{number}").TryKeep("text"));
            Assert.All(await Task.WhenAll(blocked), Assert.False);
        }

        for (var number = 0; number < 20; number++) Assert.True(await silo.Keeper($"{_key}-{number}").TryKeep("text"));
    }

    [Fact]
    public async Task Many_grains_write_at_once_without_an_error()
    {
        var writers = Enumerable.Range(0, 200).Select(async number =>
        {
            var keeper = silo.Keeper($"{_key}-{number}");
            for (var round = 0; round < 5; round++) await keeper.Keep($"{number} {round}");
        });
        await Task.WhenAll(writers);
        Assert.Equal(200, Count($"GrainKey LIKE '{_key}-%' AND Version = 5"));
    }

    private bool Mine(StorageCall call) => call.IsChange && call.Grain.Key.ToString() == _key;

    private static async Task<SqliteSilo> Started(string file)
    {
        var silo = new SqliteSilo(file);
        await silo.InitializeAsync();
        return silo;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(SqliteHosting.ConnectionString(silo.File));
        connection.Open();
        return connection;
    }

    private long Count(string where)
    {
        using var connection = Connect();
        return connection.ReadNumber($"SELECT count(*) FROM OrleansStorage WHERE {where}");
    }

    private void Run(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }
}
