using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

public sealed class FailingStorage(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private readonly string _key = $"keeper:{Guid.NewGuid()}";

    private IKeeperGrain Keeper => cluster.Grains.GetGrain<IKeeperGrain>(_key);

    [Fact]
    public async Task A_write_that_fails_before_the_commit_leaves_the_old_text()
    {
        await Keeper.Keep("old");
        cluster.Storage.FailNext(Mine, CommitPoint.Before);
        var failure = await Assert.ThrowsAsync<OrleansException>(() => Keeper.Keep("new"));
        Assert.IsType<StorageFailure>(failure.InnerException);
        Assert.Equal("old", await Keeper.Reread());
    }

    [Fact]
    public async Task A_write_that_fails_after_the_commit_has_stored_the_new_text()
    {
        await Keeper.Keep("old");
        cluster.Storage.FailNext(Mine, CommitPoint.After);
        Assert.False(await Keeper.TryKeep("new"));
        Assert.Equal("new", await Keeper.Reread());
    }

    [Fact]
    public async Task After_a_lost_answer_the_next_write_of_that_activation_is_a_conflict()
    {
        await Keeper.Keep("old");
        cluster.Storage.FailNext(Mine, CommitPoint.After);
        Assert.False(await Keeper.TryKeep("new"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Keeper.Keep("newer"));
        Assert.Equal("new", await Keeper.Kept());
    }

    [Fact]
    public async Task A_test_chooses_the_error()
    {
        cluster.Storage.FailNext(Mine, CommitPoint.Before, new TimeoutException("too slow"));
        var failure = await Assert.ThrowsAsync<OrleansException>(() => Keeper.Keep("new"));
        Assert.Equal("too slow", Assert.IsType<TimeoutException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task All_writes_fail_until_the_test_has_had_enough()
    {
        using (cluster.Storage.FailAll(Mine, CommitPoint.Before))
        {
            Assert.False(await Keeper.TryKeep("one"));
            Assert.False(await Keeper.TryKeep("two"));
        }

        Assert.True(await Keeper.TryKeep("three"));
    }

    [Fact]
    public async Task A_write_hangs_until_it_is_released()
    {
        using var hold = cluster.Storage.Hold(Mine);
        var writing = Keeper.Keep("slow");
        var held = await Wait.In(hold.Arrived, "the write to hang");
        Assert.Equal(new StorageCall(StorageCallKind.Write, KeeperGrain.State, Keeper.GetGrainId()), held);
        Assert.False(writing.IsCompleted);
        hold.Release();
        await writing;
        Assert.Equal("slow", await Keeper.Reread());
        Assert.Equal(1, hold.Count);
    }

    [Fact]
    public async Task Calls_are_counted_whether_they_fail_or_not()
    {
        await Keeper.Keep("one");
        cluster.Storage.FailNext(Mine, CommitPoint.Before);
        await Keeper.TryKeep("two");
        await Keeper.Forget();
        Assert.Equal(
            [StorageCallKind.Read, StorageCallKind.Write, StorageCallKind.Write, StorageCallKind.Clear],
            cluster.Storage.Calls.Where(call => call.Grain == Keeper.GetGrainId()).Select(call => call.Kind));
    }

    [Fact]
    public async Task Rows_outlive_the_silo_that_wrote_them()
    {
        await using var mortal = await GrainCluster.Start();
        var keeper = mortal.Grains.GetGrain<IKeeperGrain>(_key);
        await keeper.Keep("lasting");
        await mortal.Orleans.StopSiloAsync(mortal.Orleans.Silos[1]);
        Assert.Equal("lasting", await keeper.Reread());
    }

    private bool Mine(StorageCall call) => call.IsChange && call.Grain == Keeper.GetGrainId();
}
