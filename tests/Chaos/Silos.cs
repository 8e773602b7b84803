using MmoOrleans.Chaos.Histories;
using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Worlds;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Chaos;

/// <summary>Three silos, each with a gateway of its own: one is killed, one is stopped, all are replaced.</summary>
public abstract class Silos(Store store, ITestOutputHelper output)
{
    private static readonly TimeSpan UntilHealed = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_of_three_is_killed()
    {
        await using var run = await ChaosRun.OnSharedServer(store);
        var victim = await OneOfThree(run);

        await run.Break("kill -9 of the silo with Map001", isPlanned: false, victim.Kill);

        await run.Watch(UntilHealed);
        await run.AssertNothingIsBroken(output);
        Assert.All(run.History.All().OfType<Witnessed.Lost>(), lost => Assert.Equal(victim.Door.Port, lost.Port));
    }

    [Fact]
    public async Task One_of_three_is_stopped()
    {
        await using var run = await ChaosRun.OnSharedServer(store);
        var victim = await OneOfThree(run);

        await run.Break("stop of the silo with Map001", isPlanned: true, async () => Assert.Equal(0, await victim.Stop()));

        await run.Watch(UntilHealed);
        await run.AssertNothingIsBroken(output);
        Assert.All(run.History.All().OfType<Witnessed.Lost>(), WasSentAway);
    }

    [Fact]
    public async Task All_three_are_replaced_one_after_another()
    {
        store.RequireEveryFault();
        await using var run = await ChaosRun.OnSharedServer(store);
        foreach (var silo in await Three(run))
        {
            await run.Break("stop of one silo after another", isPlanned: true, async () => Assert.Equal(0, await silo.Stop()));
            await run.StartAgain(silo);
            await run.Watch(TimeSpan.FromSeconds(5));
        }

        await run.Watch(TimeSpan.FromSeconds(10));
        await run.AssertNothingIsBroken(output);
        Assert.All(run.History.All().OfType<Witnessed.Lost>(), WasSentAway);
    }

    /// <summary>The client was told to go to another gateway before the connection ended.</summary>
    private static void WasSentAway(Witnessed.Lost lost) => Assert.EndsWith(nameof(ErrorCode.ServerClose), lost.Why, StringComparison.Ordinal);

    /// <summary>The one with the map where most are; newcomers knock at the other two.</summary>
    private static async Task<HostProcess> OneOfThree(ChaosRun run)
    {
        var victim = await run.Cluster.HostOf("Map001", await Three(run));
        run.Doors = run.Doors.Remove(victim.Door);
        return victim;
    }

    private static async Task<HostProcess[]> Three(ChaosRun run)
    {
        var first = await run.StartSilo(); // Makes the tables; together they would only wait for each other.
        HostProcess[] silos = [first, .. await Task.WhenAll(run.StartSilo(), run.StartSilo())];
        await run.Cluster.Gateways(first, silos.Length);
        await run.TakeMapsApart(silos);
        run.Doors = [.. silos.Select(silo => silo.Door)];
        await run.Populate();
        return silos;
    }
}

public sealed class SilosOnPostgres(ITestOutputHelper output) : Silos(Store.Postgres, output);

public sealed class SilosOnRedis(ITestOutputHelper output) : Silos(Store.Redis, output);
