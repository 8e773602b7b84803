namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// Everybody comes at once, with a token: through Central to the map, to the last one spawned. Cold: right after the server's start, every account,
/// session and character is read from the database and the server compiles as it goes. Warm: the same players for the third time, on the same server.
/// </summary>
internal sealed record Join() : Scenario("join", "all at once with tokens, until the last one is spawned; cold: right after a start, warm: for the third time", 3000)
{
    /// <summary>More than their grace: those who left are gone and saved.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>All in the same instant; what is refused as busy comes again when told.</summary>
    private const double AtOnce = 100_000;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        await using var servers = await bench.StartSilo();
        var rush = run with { Ramp = AtOnce, MovesPerSecond = 0 };
        var cold = await bench.Play(servers, rush);
        await Task.Delay(Pause);
        await bench.Play(servers, rush);
        await Task.Delay(Pause);
        var warm = await bench.Play(servers, rush);
        await servers.Stop();
        return warm.JudgeArrival(cold.JudgeArrival(new Row()))
            .Add("clients", clients)
            .Add("cold s", cold.Report.LastEntryS, 2).Add("cold joins/s", cold.Report.LoginsPerS)
            .Add("warm s", warm.Report.LastEntryS, 2).Add("warm joins/s", warm.Report.LoginsPerS)
            .Add("cold busy", cold.Report.Busy).Add("warm busy", warm.Report.Busy);
    }
}
