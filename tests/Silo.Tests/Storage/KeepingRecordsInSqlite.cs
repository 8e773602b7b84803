using MmoOrleans.Silo.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class KeepingRecordsInSqlite(SqliteStore store) : KeepingRecords(store), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task A_stopped_silo_leaves_one_whole_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mmo.db");
        await using (var first = await StoredSilo.Started(new StorageSettings { Path = file })) await first.Keeper(Key).Keep("text");
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Another_program_that_locks_the_file_delays_writes_and_harms_no_connection()
    {
        await Silo.Keeper(Key).Keep("text");
        using (var other = store.Connect())
        using (var transaction = other.BeginTransaction(deferred: false))
        {
            var blocked = Enumerable.Range(0, 2).Select(number => Silo.Keeper($"{Key}-{number}").TryKeep("text"));
            Assert.All(await Task.WhenAll(blocked), Assert.False);
        }

        for (var number = 0; number < 20; number++) Assert.True(await Silo.Keeper($"{Key}-{number}").TryKeep("text"));
    }
}
