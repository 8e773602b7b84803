namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>Walkers who each say a line to everybody every second, and the same walkers in silence: the difference is what chat costs.</summary>
internal sealed record Talk() : Scenario("chat", "walk, and each says 1 line/s to all; beside the same in silence", 500)
{
    private const double LeastHeard = 0.99;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        var silent = await Played.Alone(bench, run);
        var game = await Played.Alone(bench, run with { LinesPerSecond = 1 });
        var (chat, seconds) = (game.Report.Chat, game.Report.Seconds);
        return game.Judge(silent.Judge(new Row()))
            .Add("clients", clients)
            .Add("deliveries/s", chat.Received / seconds)
            .Add("p50 ms", chat.LatencyMs.P50, 1).Add("p99 ms", chat.LatencyMs.P99, 1)
            .Add("server ms/client/s", game.ServerMsPerClient, 3).Add("in silence", silent.ServerMsPerClient, 3)
            .Add("deliveries/CPU-s", chat.Received / game.ServerCpu.TotalSeconds)
            .Add("without the walk", chat.Received / Math.Max(0.001, (game.ServerCpu - silent.ServerCpu).TotalSeconds))
            .Add("alloc B/delivery", (double)(game.AllocatedBytes - silent.AllocatedBytes) / Math.Max(1, chat.Received), 1)
            .Add("heard %", 100.0 * chat.Received / Math.Max(1, chat.Expected), 2)
            .Add("move p99 ms", game.Report.LatencyMs.P99, 1).Add("frames/client/s", game.FramesPerClient, 1)
            .Add("lag p99 ms", game.Report.GeneratorLagMs.P99, 1)
            .VoidIf(chat.Received < chat.Expected * LeastHeard, $"{chat.Received} of {chat.Expected} lines heard")
            .VoidIf(chat.Duplicates > 0, $"{chat.Duplicates} lines heard twice");
    }
}
