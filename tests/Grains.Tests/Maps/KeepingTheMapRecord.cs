using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Maps;

public class KeepingTheMapRecord(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private const string State = "map";

    private static readonly MapCheckpoint Checkpoint = new(7, new byte[] { 1, 2 }, new byte[] { 3 });

    [Fact]
    public async Task A_claim_hands_over_the_last_checkpoint_under_a_higher_incarnation()
    {
        var record = Record("a");
        var first = Claimed(await record.Claim());
        Assert.Equal(CheckpointAnswer.Saved, await record.Save(first.Incarnation, Checkpoint));
        await cluster.Deactivate(record);
        var second = Claimed(await record.Claim());
        Assert.Equal(first.Incarnation + 1, second.Incarnation);
        Assert.Equal((7, 2, 1), (second.Checkpoint.Tick, second.Checkpoint.Positions.Length, second.Checkpoint.Systems.Length));
        Assert.Equal(CheckpointAnswer.Conflict, await record.Save(first.Incarnation, Checkpoint));
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task A_failing_store_is_no_conflict(CommitPoint point)
    {
        var record = Record("b" + point);
        var claim = Claimed(await record.Claim());
        cluster.Storage.FailNext(call => call.IsChange && call.Grain == record.GetGrainId(), point);
        Assert.Equal(CheckpointAnswer.Failed, await record.Save(claim.Incarnation, Checkpoint));
        Assert.Equal(CheckpointAnswer.Saved, await record.Save(claim.Incarnation, Checkpoint));
        Assert.Equal(claim.Incarnation + 1, Claimed(await record.Claim()).Incarnation);
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task A_claim_that_was_perhaps_written_is_made_anew(CommitPoint point)
    {
        var record = Record("c" + point);
        var before = Claimed(await record.Claim());
        cluster.Storage.FailNext(call => call.IsChange && call.Grain == record.GetGrainId(), point);
        Assert.Equal(RefusalCode.ServiceNotAvailable, Assert.IsType<Denied<MapClaim>>(await record.Claim()).Why.Code);
        var after = Claimed(await record.Claim());
        Assert.True(after.Incarnation > before.Incarnation);
        Assert.Equal(CheckpointAnswer.Saved, await record.Save(after.Incarnation, Checkpoint));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_claimed_when_it_can()
    {
        var record = Record("e");
        using (cluster.Storage.FailAll(call => call.Kind == StorageCallKind.Read && call.State == State, CommitPoint.Before))
            Assert.Equal(RefusalCode.ServiceNotAvailable, Assert.IsType<Denied<MapClaim>>(await record.Claim()).Why.Code);
        Assert.Equal(1, Claimed(await record.Claim()).Incarnation);
    }

    [Fact]
    public async Task A_map_plays_on_while_the_store_is_away()
    {
        await using var gateway = await LiveGateway.Join(cluster.Grains, new MapId("d", "Map001"));
        var character = new CharacterListed(CharacterId.New(), "Ida", default, DateTimeOffset.UnixEpoch, null);
        var ida = await gateway.Bring(character, AccountId.New());
        using var away = cluster.Storage.FailAll(State, CommitPoint.Before);
        await Wait.Until(() => cluster.Log.Of(1332).Any(line => line.Text.Contains(gateway.Map.ToString(), StringComparison.Ordinal)), "a checkpoint to fail");
        var start = await gateway.Find(ida);
        await gateway.Walk(ida, start.X, start.Z + 1);
        await Wait.Until(() => gateway.PlaceOf(ida)?.Z == start.Z + 1, "Ida to walk on");
    }

    private static MapClaim Claimed(Answer<MapClaim> answer) => Assert.IsType<Granted<MapClaim>>(answer).Value;

    private IMapRecordGrain Record(string channel) => cluster.Grains.GetGrain<IMapRecordGrain>(new MapId(channel, "Map001").Key);
}
