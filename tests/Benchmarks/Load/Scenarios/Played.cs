namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>What the scenarios in which bots walk have in common.</summary>
internal static class Played
{
    /// <summary>One run on a server of its own.</summary>
    public static async Task<GameRun> Alone(Bench bench, BotsRun run)
    {
        await using var servers = await bench.StartSilo();
        var game = await bench.Play(servers, run);
        await servers.Stop();
        return game;
    }

    /// <summary>The figures of a run, and right after it those of the floors.</summary>
    public static async Task<Row> RowOf(Bench bench, GameRun game)
    {
        var (report, ms) = (game.Report, game.ServerMsPerClient);
        var row = game.Judge(new Row())
            .Add("clients", report.Clients)
            .Add("server ms/client/s", ms, 3)
            .Add("us/update", game.ServerUsPerUpdate, 2);
        foreach (var kind in bench.Options.Floors)
        {
            var floor = await bench.Replay(kind, game);
            row.Add($"{kind} floor", floor, 3).Add($"x {kind}", ms / floor, 2);
        }

        return row
            .Add("p50 ms", report.LatencyMs.P50, 1).Add("p99 ms", report.LatencyMs.P99, 1)
            .Add("frames/client/s", game.FramesPerClient, 1).Add("in view", report.VisibleMean, 1).Add("delivered %", 100 * report.Delivery.Ratio, 2)
            .Add("KB/client/s", report.BytesPerClientPerS / 1000, 2)
            .Add("alloc B/move", game.AllocatedPerMove).Add("alloc B/update", game.AllocatedPerUpdate, 1)
            .Add("rounds skipped", game.Degradation.Rounds).Add("steps skipped", game.Degradation.Steps).Add("frames skipped", game.Degradation.Frames)
            .Add("lag p99 ms", report.GeneratorLagMs.P99, 1).Add("bots ms/client/s", report.CpuMsPerClientPerS, 3);
    }
}
