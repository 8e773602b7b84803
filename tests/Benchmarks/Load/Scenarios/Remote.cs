namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>The same walk through the gateway in the silo and through one in a process of its own; then all processes of the server count.</summary>
internal sealed record Remote() : Scenario("remote", "walk through a gateway in a process of its own, beside the embedded one", 1000)
{
    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        var embedded = await Played.Alone(bench, run);
        await using var servers = await bench.StartSiloAndGateway();
        var remote = await bench.Play(servers, run);
        await servers.Stop();
        return remote.Judge(embedded.Judge(new Row()))
            .Add("clients", clients)
            .Add("embedded ms/client/s", embedded.ServerMsPerClient, 3).Add("remote ms/client/s", remote.ServerMsPerClient, 3)
            .Add("x embedded", remote.ServerMsPerClient / embedded.ServerMsPerClient, 2)
            .Add("embedded p99 ms", embedded.Report.LatencyMs.P99, 1).Add("remote p99 ms", remote.Report.LatencyMs.P99, 1)
            .Add("frames/client/s", remote.FramesPerClient, 1).Add("delivered %", 100 * remote.Report.Delivery.Ratio, 2)
            .Add("lag p99 ms", remote.Report.GeneratorLagMs.P99, 1);
    }
}
