using System.Diagnostics;
using MmoOrleans.Chaos.Histories;
using MmoOrleans.Chaos.Wanderers;
using MmoOrleans.Chaos.Worlds;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos;

/// <summary>All silos crash at once, and one of them does not come back: its row in the database says that it lives.</summary>
public sealed class ColdStarts(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_of_three_that_crashed_start_again_without_the_third()
    {
        await using var run = await ChaosRun.OnSharedServer();
        var silos = new[] { await run.StartSilo(), await run.StartSilo(), await run.StartSilo() };
        for (var i = 0; i < 10; i++)
        {
            using var client = new MmoClient();
            await Newcomer.Make(run.History, client, silos[i % 3].Door, $"cold{i}");
        }
        await Task.WhenAll(silos.Select(silo => silo.Kill()));

        var began = Stopwatch.GetTimestamp();
        var again = await Task.WhenAll(run.StartAgain(silos[0]), run.StartAgain(silos[1]));
        output.WriteLine($"ready {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the start");

        for (var i = 0; i < 10; i++)
            await Newcomer.Seek(run.History, again[i % 2].Door, $"cold{i}");
        Assert.All(run.History.All().OfType<Witnessed.Sought>(), sought => Assert.True(sought.IsThere, sought.Who));
    }
}
