using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Spawning;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Spawning;

/// <summary>With real maps.</summary>
public sealed class StartingAndStoppingSilos : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    private IMapSpawnGrain Spawner => _cluster.Grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner("main"));

    private ICentralGrain Central => _cluster.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(o => o.Silo = silo =>
    {
        silo.Services.AddSingleton<IMapSource, OpenFields>();
        silo.AddMaps();
        silo.AddSpawning(spawning => spawning.Maps = [new MapId("1", "Map001"), new MapId("1", "Map002")]);
    });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Every_silo_leases_its_maps_and_all_are_registered_with_Central()
    {
        var state = await AllUp(silos: 2);

        Assert.Equal(["1/Map001", "1/Map002"], state.Maps.Select(map => map.Map));
        Assert.Equal(["1/Map001", "1/Map002"], (await Central.GetState()).Maps.Select(map => map.Map));
        Assert.Single((await Central.GetState()).MapSpawns);
    }

    [Fact]
    public async Task A_silo_that_stops_wants_nothing_any_more_and_its_maps_go_elsewhere()
    {
        await AllUp(silos: 2);
        var stopping = _cluster.Orleans.Silos[1];

        await _cluster.Orleans.StopSiloAsync(stopping);

        await AllUp(silos: 1);
        await Wait.For(Central.GetState, state => state.Maps.Length == 2 && state.Maps.All(map => map.Silo != stopping.Name), "both maps to be on the other silo");
    }

    [Fact]
    public async Task A_map_that_dies_comes_back()
    {
        await AllUp(silos: 2);
        var map = _cluster.Grains.GetGrain<IMapGrain>(new MapId("1", "Map001").Key);
        var before = await Wait.For(map.GetState, state => state.RegisteredWithCentral, "the map to be registered");
        Assert.Empty(before.Closed);

        await _cluster.Deactivate(map);

        await Wait.Until(() => _cluster.Log.Of(1209).Any(), "the spawner to see that the map died");
        await Wait.Until(() => _cluster.Log.Of(1206).Count(line => line.Text.Contains("1/Map001", StringComparison.Ordinal)) == 2, "the map to be spawned again");
    }

    private Task<SpawnState> AllUp(int silos) => Wait.For(Spawner.GetState,
        state => state.Silos.Length == silos && state.Maps.Length == 2 && state.Maps.All(map => map.Status == SpawnStatus.Up), $"two maps to be up for {silos} silos");
}
