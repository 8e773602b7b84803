using MmoOrleans.Chaos.Worlds;

namespace MmoOrleans.Chaos;

/// <summary>The database is stopped for 20 s under two silos and comes back: players notice nothing, what was acknowledged is there.</summary>
public sealed class TheDatabase(ITestOutputHelper output)
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Is_away_for_20_seconds()
    {
        var (run, server) = await ChaosRun.OnServerOfItsOwn();
        await using var _ = run;
        var silos = new[] { await run.StartSilo(), await run.StartSilo() };
        await run.Cluster.Gateways(silos[0], 2);
        run.Doors = [.. silos.Select(silo => silo.Door)];
        await run.Populate();

        await run.Break("stop of the database", isPlanned: true, server.Stop);
        await run.Watch(Away);
        await server.Start();

        await run.Watch(TimeSpan.FromSeconds(15));
        Assert.Empty(run.History.All().OfType<Histories.Witnessed.Lost>());
        await run.AssertNothingIsBroken(output);
    }
}
