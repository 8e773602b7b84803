using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Tests.Storage;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>What grains rely on, whatever database is below them.</summary>
public abstract class KeepingRecords
{
    private readonly Store _store;

    protected KeepingRecords(Store store)
    {
        store.Require();
        _store = store;
    }

    private protected string Key { get; } = $"keeper:{Guid.NewGuid()}";

    private protected StoredSilo Silo => _store.Here;

    private IKeeperGrain Here => _store.Here.Keeper(Key);

    private IKeeperGrain Elsewhere => _store.Elsewhere.Keeper(Key);

    [Fact]
    public async Task A_record_survives_the_grain_that_wrote_it()
    {
        await Here.Keep("text");
        await Here.Keep("newer text");
        await Silo.Deactivate(Key);
        Assert.Equal("newer text", await Here.Kept());
    }

    [Fact]
    public async Task A_record_survives_the_silo_that_wrote_it()
    {
        await using (var first = await StoredSilo.Started(_store.Settings)) await first.Keeper(Key).Keep("text");
        await using var second = await StoredSilo.Started(_store.Settings);
        Assert.Equal("text", await second.Keeper(Key).Kept());
    }

    [Fact]
    public async Task A_row_is_json_with_its_version_before_its_data()
    {
        await Here.Keep("Zoë says 🐉");
        Assert.Equal("""{"v":1,"data":{"text":"Zoë says 🐉"}}""", (await _store.Row(Key))!.Replace("\\uD83D\\uDC09", "🐉"));
    }

    [Fact]
    public async Task A_row_may_be_long()
    {
        var text = new string('x', 1024 * 1024);
        await Here.Keep(text);
        Assert.Equal(text, await Elsewhere.Kept());
    }

    /// <summary>Without the words before them, Orleans' ADO.NET provider reads these as numbers and finds fewer records.</summary>
    [Fact]
    public async Task Names_that_look_like_numbers_are_records_of_their_own()
    {
        string[] names = ["cafe", "0cafe", "07", "007", "1+a", "01+a"];
        string[] keys = [.. names.Select(GrainKeys.Username), .. names.Select(GrainKeys.CharacterName), .. names.Select(GrainKeys.Email), .. names.Select(GrainKeys.Chat)];
        foreach (var key in keys) await Silo.Keeper(key).Keep(key);
        foreach (var key in keys) Assert.Equal(key, await _store.Elsewhere.Keeper(key).Kept());
        foreach (var key in keys) Assert.Contains(key, await _store.Row(key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_writer_meets_a_conflict_and_changes_nothing()
    {
        await Here.Keep("old");
        Silo.Faults.FailNext(Mine, CommitPoint.After);
        Assert.False(await Here.TryKeep("new"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Keep("late"));
        Assert.Equal("new", await Here.Kept());
    }

    [Fact]
    public async Task Of_two_first_writers_the_later_meets_a_conflict()
    {
        Silo.Faults.FailNext(Mine, CommitPoint.After);
        Assert.False(await Here.TryKeep("first"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Keep("second"));
        Assert.Equal("first", await Here.Kept());
    }

    [Fact]
    public async Task Of_two_activations_in_two_clusters_the_one_that_missed_a_write_meets_a_conflict()
    {
        await Here.Keep("of both");
        Assert.Equal("of both", await Elsewhere.Kept());
        await Elsewhere.Keep("of the other");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Keep("of this one"));
        Assert.Equal("of the other", await Here.Kept());
    }

    [Fact]
    public async Task Of_many_activations_that_write_at_once_exactly_one_does()
    {
        await Task.WhenAll(Here.Kept(), Elsewhere.Kept());
        var written = await Task.WhenAll(Here.TryKeep("here"), Elsewhere.TryKeep("elsewhere"));
        Assert.Single(written, isWritten => isWritten);
        Assert.Contains(written[0] ? "\"here\"" : "\"elsewhere\"", await _store.Row(Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_record_is_gone_and_can_be_written_again()
    {
        await Here.Keep("text");
        await Here.Forget();
        Assert.Null(await _store.Row(Key));
        await Silo.Deactivate(Key);
        Assert.Null(await Here.Kept());
        await Here.Keep("again");
        Assert.Equal("again", await Here.Reread());
    }

    [Fact]
    public async Task Who_missed_that_a_record_was_forgotten_and_made_anew_meets_a_conflict()
    {
        await Here.Keep("text");
        Assert.Equal("text", await Elsewhere.Kept());
        await Elsewhere.Forget();
        await Elsewhere.Keep("anew");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Forget());
        Assert.Equal("anew", await Here.Kept());
    }

    [Fact]
    public async Task Who_missed_that_a_record_was_forgotten_does_not_bring_it_back()
    {
        await Here.Keep("text");
        Assert.Equal("text", await Elsewhere.Kept());
        await Elsewhere.Forget();
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Keep("late"));
        Assert.Null(await _store.Row(Key));
    }

    [Fact]
    public async Task Who_missed_that_the_row_was_removed_meets_a_conflict()
    {
        await Here.Keep("text");
        await _store.Remove(Key);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Here.Keep("text"));
        Assert.Null(await _store.Row(Key));
    }

    [Fact]
    public async Task Many_grains_write_at_once_without_an_error()
    {
        var writers = Enumerable.Range(0, 200).Select(async number =>
        {
            var keeper = Silo.Keeper($"{Key}-{number}");
            for (var round = 0; round < 5; round++) await keeper.Keep($"{number} {round}");
        });
        await Task.WhenAll(writers);
        for (var number = 0; number < 200; number++) Assert.Contains($"\"{number} 4\"", await _store.Row($"{Key}-{number}"), StringComparison.Ordinal);
    }

    private bool Mine(StorageCall call) => call.IsChange && call.Grain.Key.ToString() == Key;
}

public sealed class KeepingRecordsInPostgres(PostgresStore store) : KeepingRecords(store), IClassFixture<PostgresStore>;

public sealed class KeepingRecordsInRedis(RedisStore store) : KeepingRecords(store), IClassFixture<RedisStore>;
