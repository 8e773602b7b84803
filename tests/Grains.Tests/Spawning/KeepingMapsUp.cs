using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Spawning;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Spawning;

public sealed class KeepingMapsUp : IAsyncLifetime
{
    private readonly TestStarter _starter = new();
    private GrainCluster _cluster = null!;

    private IMapSpawnGrain Spawner => _cluster.Grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner("test"));

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(o => o.Silo = silo => silo.Services.AddSingleton<IMapStarter>(_starter));
        _starter.Directory = _cluster.Service<ILocalDirectory>();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Two_silos_with_different_lists_get_the_union_and_each_map_once()
    {
        await Lease("S1", "A", "B");
        await Lease("S2", "B", "C");
        await Lease("S1", "A", "B");

        await AllUp(3);

        Assert.Equal(["A", "B", "C"], _starter.Starts.Order());
    }

    [Fact]
    public async Task Nothing_is_spawned_before_Central_has_accepted_the_spawner()
    {
        var wasAccepted = false;
        _starter.On("A", () =>
        {
            wasAccepted = _cluster.Log.Of(1002).Any(line => line.Text.Contains("spawn:test", StringComparison.Ordinal));
            return Task.CompletedTask;
        });

        await Lease("S1", "A");
        await AllUp(1);

        Assert.True(wasAccepted);
    }

    [Fact]
    public async Task A_map_that_dies_is_brought_back_and_the_failure_is_shown()
    {
        await Lease("S1", "A");
        await AllUp(1);
        await Wait.Until(() => _cluster.Service<ILocalDirectory>(0).Maps.Count + _cluster.Service<ILocalDirectory>(1).Maps.Count == 2, "both silos to list the map");
        await Wait.For(Looked, looked => looked, "the spawner to have seen the map listed");

        _starter.Kill("A");
        await Wait.Until(() => _starter.StartsOf("A") == 2, "the map to be started again");

        Assert.Equal(1, Assert.Single((await AllUp(1)).Maps).Failures);
        Assert.Single(_cluster.Log.Of(1209));
    }

    [Fact]
    public async Task A_map_that_cannot_start_is_tried_again_and_the_others_are_up()
    {
        _starter.On("Broken", () => throw new IOException("Broken.tmx is broken."));
        await Lease("S1", "A", "Broken");

        var state = await Wait.For(Spawner.GetState, state => Of(state, "Broken").Failures == 2 && Of(state, "A").Status == SpawnStatus.Up, "two failures of one map");

        var broken = Of(state, "Broken");
        Assert.Equal(("Broken.tmx is broken.", SpawnStatus.BackingOff), (broken.LastError, broken.Status));
        Assert.NotNull(broken.NextTry);
        Assert.Equal(1, _starter.StartsOf("A"));
    }

    [Fact]
    public async Task A_map_that_takes_its_time_holds_up_neither_the_others_nor_the_dashboard()
    {
        var slow = new TaskCompletionSource();
        _starter.On("Slow", () => slow.Task);
        await Lease("S1", "A", "Slow");

        var state = await Wait.For(Spawner.GetState, state => Of(state, "A").Status == SpawnStatus.Up, "the other map");
        Assert.Equal(SpawnStatus.Starting, Of(state, "Slow").Status);

        slow.SetResult();
        await AllUp(2);
    }

    private Task Lease(string silo, params string[] maps) =>
        Spawner.Lease(silo, [.. maps.Select(map => new MapId("1", map))], TimeSpan.FromSeconds(5));

    private Task<SpawnState> AllUp(int maps) => Wait.For(Spawner.GetState,
        state => state.Maps.Length == maps && state.Maps.All(map => map.Status == SpawnStatus.Up), $"{maps} maps to be up");

    /// <summary>A lease makes the spawner look.</summary>
    private async Task<bool> Looked()
    {
        await Lease("S1", "A");
        return _cluster.Service<ILocalDirectory>(0).Find(new MapId("1", "A")) is not null;
    }

    private static SpawnedMap Of(SpawnState state, string map) =>
        state.Maps.FirstOrDefault(spawned => spawned.Map == $"1/{map}") ?? new SpawnedMap(map, SpawnStatus.Wanted, 0, null, "");
}
