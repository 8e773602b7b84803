using System.Diagnostics;
using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Worlds;

namespace MmoOrleans.Chaos;

/// <summary>All silos crash at once, and one of them does not come back: its row in the database says that it lives.</summary>
public abstract class ColdStarts(Store store, ITestOutputHelper output)
{
    [Fact]
    public async Task Two_of_three_that_crashed_start_again_without_the_third()
    {
        store.RequireEveryFault();
        await using var run = await ChaosRun.OnSharedServer(store);
        var silos = new[] { await run.StartSilo(), await run.StartSilo(), await run.StartSilo() };
        await run.Cluster.Gateways(silos[0], silos.Length);
        await run.TakeMapsApart(silos);
        run.Doors = [.. silos.Select(silo => silo.Door)];
        await run.Populate();

        await run.Break("kill -9 of all silos", isPlanned: false, () => Task.WhenAll(silos.Select(silo => silo.Kill())));
        var began = Stopwatch.GetTimestamp();
        var again = await Task.WhenAll(run.StartAgain(silos[0]), run.StartAgain(silos[1]));
        output.WriteLine($"ready {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the start");

        run.Doors = [.. again.Select(silo => silo.Door)];
        await run.Watch(TimeSpan.FromSeconds(10));
        await run.AssertNothingIsBroken(output, wasDown: true);
    }
}

public sealed class ColdStartsOnPostgres(ITestOutputHelper output) : ColdStarts(Store.Postgres, output);

public sealed class ColdStartsOnRedis(ITestOutputHelper output) : ColdStarts(Store.Redis, output);
