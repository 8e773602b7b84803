using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Spawning;

/// <summary>An operator types any id into the dashboard: it is answered, and nothing comes to life by it.</summary>
public sealed class LookingAtWhatIsNotThere : IAsyncLifetime
{
    private static readonly MapId Meadow = new("9", "Map001");

    private GrainCluster _cluster = null!;

    private ICentralGrain Central => _cluster.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);

    private IMapGrain Map => _cluster.Grains.GetGrain<IMapGrain>(Meadow.Key);

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(o => o.Silo = silo =>
    {
        silo.Services.AddSingleton<IMapSource, OpenFields>();
        silo.AddMaps();
    });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_grain_says_that_it_knows_nothing()
    {
        Assert.NotNull((await Map.GetState()).Unknown);
        Assert.NotNull((await _cluster.Grains.GetGrain<IMapGrain>("nonsense").GetState()).Unknown);
        Assert.NotNull((await _cluster.Grains.GetGrain<ICentralGrain>("central:other").GetState()).Unknown);
        Assert.NotNull((await _cluster.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("other")).GetState()).Unknown);
        Assert.NotNull((await _cluster.Grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner("other")).GetState()).Unknown);
        Assert.NotNull((await _cluster.Grains.GetGrain<ISessionGrain>(Guid.NewGuid()).GetState()).Unknown);
        Assert.Null((await Central.GetState()).Unknown);
    }

    [Fact]
    public async Task A_map_or_a_spawner_that_was_looked_at_registers_with_nobody()
    {
        await Map.GetState();
        await _cluster.Grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner("other")).GetState();
        // One that is asked to start afterwards registers: by then the others would have.
        await _cluster.Grains.GetGrain<IMapGrain>(new MapId("9", "Map002").Key).Start();
        var state = await Wait.For(Central.GetState, state => state.Maps.Length > 0, "the map that was started to be registered");

        Assert.Equal(["9/Map002"], state.Maps.Select(map => map.Map));
        Assert.Empty(state.MapSpawns);
    }

    [Fact]
    public async Task Who_brings_a_map_up_is_answered_when_it_is_registered()
    {
        var answer = await Map.BringUp(Wait.Long);

        Assert.True(Assert.IsType<Granted<MapReadiness>>(answer).Value.Registered);
        Assert.Equal(["9/Map001"], (await Central.GetState()).Maps.Select(map => map.Map));
    }

    [Fact]
    public async Task Who_brings_a_map_up_learns_how_far_it_is_when_the_time_is_over()
    {
        var answer = await Map.BringUp(TimeSpan.Zero);

        Assert.False(Assert.IsType<Granted<MapReadiness>>(answer).Value.Registered);
    }

    [Fact]
    public async Task A_map_without_players_makes_no_step()
    {
        var steps = new[] { 0, 1 }.Select(silo => _cluster.Service<MapMetrics>(silo).StepDuration).ToHashSet();
        var made = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is Histogram<double> histogram && steps.Contains(histogram)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref made));
        listener.Start();

        await Wait.For(Map.Start, answer => answer is Granted<MapReadiness> { Value.ConnectedToChat: true }, "the map to be connected to chat");
        Assert.Equal(0, Volatile.Read(ref made));

        await Map.Reserve(CharacterId.New(), TimeSpan.FromSeconds(5));
        await Wait.Until(() => Volatile.Read(ref made) > 0, "the map to step while somebody is expected");
    }

    [Fact]
    public async Task A_map_retires_when_nobody_is_on_it_or_comes_to_it()
    {
        await Map.Start();
        await Wait.For(Map.GetState, state => state.RegisteredWithCentral, "the map to be registered");
        var coming = new CharacterId(Guid.NewGuid());
        await Map.Reserve(coming, TimeSpan.FromSeconds(5));
        Assert.False(await Map.Retire());

        await Wait.For(Map.Retire, retired => retired, "the seat to be free again and the map to retire");
        await Wait.For(Central.GetState, state => state.Maps.IsEmpty, "Central to forget the map");
        Assert.NotNull((await Map.GetState()).Unknown);
    }
}
