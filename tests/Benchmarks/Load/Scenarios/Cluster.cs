namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// The same walk on three maps in one silo and in three, each with its gateway, on one PostgreSQL database; then all silos count. Every player is
/// sent to the gateway in the silo that holds its map.
/// </summary>
internal sealed record Cluster() : Scenario("cluster", "walk on three maps in three silos, beside the same in one", 900)
{
    private const string Channels = "one,two,three";
    private const int Silos = 3;

    private static readonly string[] Switches = ["-channels", string.Join('|', Channels.Split(',').Select(channel => $"{channel}::20000"))];

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"three{clients}", clients, BotsRun.SideOf(clients / Silos)) { Channels = Channels };
        await bench.Prepare(run, more => bench.StartCluster(1, [.. Switches, .. more]));
        var (one, _) = await Play(bench, run, 1);
        var (three, silosWithMaps) = await Play(bench, run, Silos);
        return three.Judge(one.Judge(new Row()))
            .VoidIf(silosWithMaps < Silos, $"the maps were in {silosWithMaps} of {Silos} silos")
            .Add("clients", clients).Add("silos with maps", silosWithMaps)
            .Add("one silo ms/client/s", one.ServerMsPerClient, 3).Add("three silos ms/client/s", three.ServerMsPerClient, 3)
            .Add("x one silo", three.ServerMsPerClient / one.ServerMsPerClient, 2)
            .Add("one silo p99 ms", one.Report.LatencyMs.P99, 1).Add("three silos p99 ms", three.Report.LatencyMs.P99, 1)
            .Add("frames/client/s", three.FramesPerClient, 1).Add("in view", three.Report.VisibleMean, 1).Add("delivered %", 100 * three.Report.Delivery.Ratio, 2)
            .Add("lag p99 ms", three.Report.GeneratorLagMs.P99, 1);
    }

    private static async Task<(GameRun Game, int SilosWithMaps)> Play(Bench bench, BotsRun run, int silos)
    {
        await using var servers = await bench.StartCluster(silos, Switches);
        var silosWithMaps = await servers.SilosWithMaps(run.Maps);
        var game = await bench.Play(servers, run);
        await servers.Stop();
        return (game, silosWithMaps);
    }
}
