using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Worlds;

namespace MmoOrleans.Chaos;

/// <summary>Two gateways in processes of their own before two silos without: one gateway is killed.</summary>
public abstract class Gateways(Store store, ITestOutputHelper output)
{
    [Fact]
    public async Task One_of_two_is_killed()
    {
        store.RequireEveryFault();
        await using var run = await ChaosRun.OnSharedServer(store);
        var silos = new[] { await run.StartSilo("-embeddedGateway", "false"), await run.StartSilo("-embeddedGateway", "false") };
        var (victim, other) = (await run.Cluster.StartGateway(), await run.Cluster.StartGateway());
        await run.Cluster.Gateways(silos[0], 2);
        await run.TakeMapsApart(silos);
        run.Doors = [victim.Door, other.Door];
        await run.Populate();
        run.Doors = [other.Door];

        await run.Break("kill -9 of a gateway", isPlanned: false, victim.Kill);

        await run.Watch(TimeSpan.FromSeconds(15));
        await run.AssertNothingIsBroken(output);
    }
}

public sealed class GatewaysOnPostgres(ITestOutputHelper output) : Gateways(Store.Postgres, output);

public sealed class GatewaysOnRedis(ITestOutputHelper output) : Gateways(Store.Redis, output);
