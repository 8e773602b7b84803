using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Worlds;

namespace MmoOrleans.Chaos;

/// <summary>Two silos that no longer hear of each other, while clients and the database reach both.</summary>
public abstract class TheNetwork(Store store, ITestOutputHelper output)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UntilHealed = TimeSpan.FromSeconds(20);

    /// <summary>Here all come from one address that is not loopback.</summary>
    private static readonly string[] LetsAllIn = ["-registrationsPerMinute", "1000000", "-registrationsPerDay", "1000000"];

    [Fact]
    public async Task Between_two_silos_is_cut_for_10_seconds()
    {
        store.RequireEveryFault();
        var (run, network) = await ChaosRun.OnNetwork(store, sites: 2);
        await using var _ = network;
        await using var __ = run;
        var silos = new[] { await run.StartSiloAt(network.Sites[0], LetsAllIn), await run.StartSiloAt(network.Sites[1], LetsAllIn) };
        await run.Cluster.Gateways(silos[0], silos.Length);
        await run.TakeMapsApart(silos);
        run.Doors = [.. silos.Select(silo => silo.Door)];
        await run.Populate();

        await run.Break("cut between two silos", isPlanned: false, network.Cut);
        await run.Watch(Apart);
        await network.Heal();

        // One is the cluster from then on; the other ends itself, and whoever looks after it starts it again.
        await run.Watch(UntilHealed / 2);
        var ended = silos.Single(silo => silo.HasEnded);
        run.Doors = [silos.Single(silo => !silo.HasEnded).Door];
        await run.StartAgain(ended);
        await run.Watch(UntilHealed / 2);
        await run.AssertNothingIsBroken(output);
    }
}

public sealed class TheNetworkOnPostgres(ITestOutputHelper output) : TheNetwork(Store.Postgres, output);

public sealed class TheNetworkOnRedis(ITestOutputHelper output) : TheNetwork(Store.Redis, output);
