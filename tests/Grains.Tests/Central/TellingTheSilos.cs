using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Central;

public class TellingTheSilos(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private ICentralGrain Central => cluster.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);

    private ILocalDirectory One => cluster.Service<ILocalDirectory>(0);

    private ILocalDirectory Other => cluster.Service<ILocalDirectory>(1);

    [Fact]
    public async Task The_other_silo_learns_of_newcomers_and_leavers()
    {
        var map = new TestMap("Newcomer", One);
        One.Attach(map);
        await Wait.Until(() => Other.Find(map.Id) is not null, "the other silo to learn of the newcomer");

        One.Detach(map);
        await Wait.Until(() => Other.Find(map.Id) is null, "the other silo to learn of the leaver");
    }

    [Fact]
    public async Task A_registration_is_told_to_both_silos_and_logged_once()
    {
        var map = new TestMap("Registered", One);
        One.Attach(map);
        One.Learn(await Central.RegisterMap(map.Connection, 0));
        await Central.RegisterMap(map.Connection, 0);

        await Wait.Until(() => One.Find(map.Id) is not null && Other.Find(map.Id) is not null, "both silos to know the map");
        Assert.Equal(map.Connection.ConnectionKey, Other.Find(map.Id)!.ConnectionKey);
        Assert.Single(cluster.Log.Of(1003), line => line.Text.StartsWith("Map 1/Registered registered from 10.0.0.1:7000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Central_restarts_and_is_whole_again_and_no_map_is_missed_meanwhile()
    {
        var maps = new[] { new TestMap("Here", One), new TestMap("There", Other) };
        // One after the other, so that the silos report at different moments and the new Central hears of one map first.
        One.Attach(maps[0]);
        await Known(maps[0]);
        Other.Attach(maps[1]);
        await Known(maps[1]);
        var before = await Central.GetState();
        var lost = Watch(maps);

        await cluster.Deactivate(Central);
        var after = await Wait.For(Central.GetState, state => maps.All(map => state.Maps.Any(known => known.Map == map.Id.ToString())),
            "the new Central to know both maps");

        Assert.NotEqual(before.Since, after.Since);
        Assert.Empty(await lost.Stop());
    }

    [Fact]
    public async Task When_the_silo_with_Central_is_gone_the_others_report_at_once_and_the_next_Central_lets_people_in()
    {
        var clock = new ClusterClock();
        await using var world = await GrainCluster.Start(options => (options.Silos, options.Time) = (3, clock));
        var central = world.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);
        await Wait.For(() => Later(central.GetState), state => state.Silos.Length == 3, "three silos to have reported");
        var before = await central.GetState();
        var silo = await world.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(central);

        clock.Advance(ServerDirectory.Youth);
        for (var i = 0; i < 20; i++)
        {
            await Later(central.GetState); // In these 100 ms all report, and have most of a second until they would again.
            await Task.Delay(10);
        }
        await world.Orleans.StopSiloAsync(world.Orleans.Silos.Single(one => one.SiloAddress.Equals(silo)));
        await Wait.For(() => Later(() => central.TakeSeat("", AccountId.New())), seat => seat is Granted<string>, "a seat");

        var after = await central.GetState();
        Assert.InRange(clock.GetUtcNow() - after.Since, TimeSpan.Zero, TimeSpan.FromMilliseconds(1500));
        Assert.NotEqual(before.Since, after.Since);

        Task<T> Later<T>(Func<Task<T>> look)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
            return look();
        }
    }

    private Task Known(TestMap map) => Wait.Until(() => One.Find(map.Id) is not null && Other.Find(map.Id) is not null, $"both silos to know {map.Id}");

    private DirectoryWatch Watch(TestMap[] maps) => new([One, Other], [.. maps.Select(map => map.Id)]);
}
