using System.Diagnostics;

namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// Players who stand about the whole map and do nothing: what a connection holds, and what it costs to keep. A few others come first and
/// go again, so that what a server does once (compiling the code of logins and maps, filling its caches and pools) is not counted as
/// the players' own. What an empty server costs a second is measured before them and stands beside what it costs with them.
/// </summary>
internal sealed record Idle() : Scenario("idle", "spread over the map, standing; memory after a compacting collection, minus that of the empty server that a few players have visited", 5000)
{
    private const int Visitors = 100;
    private const double VisitedMetres = 100;

    /// <summary>Well over the grace time: the map has saved and forgotten the visitors.</summary>
    private static readonly TimeSpan UntilVisitorsAreGone = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan EmptyTime = TimeSpan.FromSeconds(10);

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var visitors = new BotsRun("visitor", Visitors, VisitedMetres);
        var run = new BotsRun($"idle{clients}", clients, BotsRun.WholeMap) { Settles = true };
        await bench.Prepare(visitors);
        await bench.Prepare(run);
        await using var servers = await bench.StartSilo();
        await bench.Play(servers, visitors);
        await Task.Delay(UntilVisitorsAreGone);
        var before = await servers.Memory(collects: true);
        var emptyMsPerSecond = await CostOfNobody(servers);
        var with = before;
        var game = await bench.Play(servers, run, async () => with = await servers.Memory(collects: true));
        await servers.Stop();
        return game.JudgeArrival(new Row())
            .Add("clients", clients)
            .Add("resident KB/client", (with.ResidentBytes - before.ResidentBytes) / 1024.0 / clients, 1)
            .Add("heap KB/client", (with.HeapBytes - before.HeapBytes) / 1024.0 / clients, 1)
            .Add("empty server MB", before.ResidentBytes / 1e6).Add("full server MB", with.ResidentBytes / 1e6)
            .Add("server ms/client/s", game.ServerMsPerClient, 4)
            .Add("server ms/s", game.ServerMsPerClient * clients, 1).Add("empty server ms/s", emptyMsPerSecond, 1)
            .Add("in view", game.Report.VisibleMean, 1).Add("bytes/client/s", game.Report.BytesPerClientPerS, 1);
    }

    private static async Task<double> CostOfNobody(Servers servers)
    {
        var (cpu, from) = (servers.CpuTime, Stopwatch.GetTimestamp());
        await Task.Delay(EmptyTime);
        return (servers.CpuTime - cpu).TotalMilliseconds / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
