using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>On which silo a map starts.</summary>
public sealed class StartingWhereThereIsRoom : IAsyncLifetime
{
    private const int Silos = 3;
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options => options.Silos = Silos);
        await AllKnow(known => known.Count == Silos, "every silo");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Maps_that_start_together_are_spread_evenly()
    {
        var maps = await Spawn("many", 30);
        Assert.Equal([10, 10, 10], (await Where(maps)).CountBy(silo => silo!.ToString()).Select(silo => silo.Value));
    }

    [Fact]
    public async Task No_map_starts_on_a_silo_that_stops()
    {
        await _cluster.Service<ILocalDirectory>(1).Leave(TimeSpan.FromSeconds(5));
        await AllKnow(known => known.Any(silo => silo.IsLeaving), "the one that stops");
        var maps = await Spawn("few", 12);
        Assert.DoesNotContain(_cluster.Orleans.Silos[1].SiloAddress, await Where(maps));
    }

    private async Task<MapId[]> Spawn(string channel, int count)
    {
        var maps = Enumerable.Range(0, count).Select(i => new MapId($"{channel}{i}", "Map001")).ToArray();
        var spawner = _cluster.Grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner(channel));
        await spawner.Lease("a silo", [.. maps], TimeSpan.FromSeconds(30));
        await Wait.For(spawner.GetState, state => state.Maps.Count(map => map.Status == SpawnStatus.Up) == count, $"{count} maps to be up", TimeSpan.FromSeconds(30));
        return maps;
    }

    private async Task<SiloAddress?[]> Where(MapId[] maps)
    {
        var orleans = _cluster.Grains.GetGrain<IManagementGrain>(0);
        return await Task.WhenAll(maps.Select(map => orleans.GetActivationAddress(_cluster.Grains.GetGrain<IMapGrain>(map.Key)).AsTask()));
    }

    private Task AllKnow(Func<IReadOnlyCollection<GrainInterfaces.Central.SiloLoad>, bool> that, string what) => Wait.Until(
        () => Enumerable.Range(0, Silos).All(silo => that(_cluster.Service<ILocalDirectory>(silo).Silos)), $"all silos to know {what}");
}
