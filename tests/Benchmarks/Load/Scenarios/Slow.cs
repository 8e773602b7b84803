namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// A walk in which one in twenty does not read, half of these for 6 s of every 8 and half never again, beside the same walk in which everybody
/// reads: what the others notice, what such a client holds, and how many are cut.
/// </summary>
internal sealed record Slow() : Scenario("slow", "walk, and 1 in 20 does not read, or for 6 s of 8; beside the same where all read. All but the last four columns are of those who read", 1000)
{
    private const int OneIn = 20;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        var all = await Played.Alone(bench, run);
        await using var servers = await bench.StartSilo();
        var watch = new CounterWatch(servers).Start();
        var some = await bench.Play(servers, run with { Deaf = Math.Max(1, clients / OneIn) });
        var read = await watch.Stop();
        await servers.Stop();
        return some.Judge(all.Judge(new Row()))
            .Add("clients", clients).Add("of them deaf", some.Report.Deaf)
            .Add("p50 ms", some.Report.LatencyMs.P50, 1).Add("all read", all.Report.LatencyMs.P50, 1)
            .Add("p99 ms", some.Report.LatencyMs.P99, 1).Add("all read ", all.Report.LatencyMs.P99, 1)
            .Add("frames/client/s", some.FramesPerClient, 1).Add("fewest", some.Report.FramesOfOnePerS.Min, 1).Add("delivered %", 100 * some.Report.Delivery.Ratio, 2)
            .Add("server ms/client/s", some.ServerMsPerClient, 3).Add("all read  ", all.ServerMsPerClient, 3)
            .Add("rounds skipped", some.Degradation.Rounds).Add("lag p99 ms", some.Report.GeneratorLagMs.P99, 1)
            .Add("frames skipped", some.Degradation.Frames)
            .Add("most bytes held for one", read.Max(one => one.MostWaiting)).Add("for all", read.Max(one => one.Waiting))
            .Add("cut", read[^1].SlowReaders);
    }
}
