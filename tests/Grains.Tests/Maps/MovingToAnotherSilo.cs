using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>
/// A map goes to another silo with a player who walks on meanwhile. Time passes only when the gateway has been answered: its first words to the
/// map that has moved are early, however busy the machine is.
/// </summary>
public sealed class MovingToAnotherSilo : IAsyncLifetime
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);

    private readonly ClusterClock _time = new();
    private GrainCluster _cluster = null!;
    private LiveGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options => options.Time = _time);
        _gateway = await LiveGateway.Join(_cluster.Grains, new MapId("1", "Map001"), () => _time.Advance(Beat));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_map_that_was_drained_and_moved_goes_on_by_itself_and_its_gateway_brings_everybody_back()
    {
        var visitor = await _gateway.Bring(new CharacterListed(CharacterId.New(), "Ida", default, DateTimeOffset.UnixEpoch, null), AccountId.New());
        var start = await _gateway.Find(visitor);
        await _gateway.Walk(visitor, start.X, start.Z + 1.5f);
        await Wait.Until(() => _gateway.PlaceOf(visitor)?.Z == start.Z + 1.5f, "Ida to arrive");
        var drained = await _gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.StopAndMove);
        var refused = Assert.IsType<Denied<MapAddress>>(await _gateway.Grain.Reserve(CharacterId.New(), TimeSpan.FromSeconds(1)));
        Assert.Equal(RefusalCode.MapServerNotReady, refused.Why.Code);

        _time.Advance(TimeSpan.FromSeconds(1));
        visitor.GoesTo(start.X, start.Z + 4); // It is the map that is late: she has had time for it.
        var (from, to, fence) = (await _cluster.Where(_gateway.Grain), await _cluster.Elsewhere(_gateway.Grain), _gateway.Fence);
        Assert.False(await _gateway.Grain.MoveTo(drained!.Id, from!));
        Assert.True(await _gateway.Grain.MoveTo(drained.Id, to));

        await Wait.Until(() => _gateway.Fence > fence && _gateway.Seen == 1, "the gateway to bring back its player");
        Assert.Equal(to, await _cluster.Where(_gateway.Grain));
        await Wait.Until(() => _gateway.PlaceOf(visitor)?.Z > start.Z + 1.5f, "Ida to be seen further on");
        Assert.Equal(start.Z + 4, (await _gateway.Find(visitor)).Z);
        await _gateway.Walk(visitor, start.X, start.Z + 5);
        await Wait.Until(() => _gateway.PlaceOf(visitor)?.Z == start.Z + 5, "Ida to walk on");
    }
}
