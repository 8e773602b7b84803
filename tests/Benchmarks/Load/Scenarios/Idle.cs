namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>Players who stand about the whole map and do nothing: what a connection holds, and what it costs to keep.</summary>
internal sealed record Idle() : Scenario("idle", "spread over the map, standing; memory after a compacting collection, minus that of the empty server", 5000)
{
    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"idle{clients}", clients, BotsRun.WholeMap) { Settles = true };
        await bench.Prepare(run);
        await using var servers = await bench.StartSilo();
        var before = await servers.Memory(collects: true);
        var with = before;
        var game = await bench.Play(servers, run, async () => with = await servers.Memory(collects: true));
        await servers.Stop();
        return game.JudgeArrival(new Row())
            .Add("clients", clients)
            .Add("resident bytes/client", (double)(with.ResidentBytes - before.ResidentBytes) / clients)
            .Add("heap bytes/client", (double)(with.HeapBytes - before.HeapBytes) / clients)
            .Add("empty server MB", before.ResidentBytes / 1e6).Add("full server MB", with.ResidentBytes / 1e6)
            .Add("server ms/client/s", game.ServerMsPerClient, 4)
            .Add("in view", game.Report.VisibleMean, 1).Add("bytes/client/s", game.Report.BytesPerClientPerS, 1);
    }
}
