namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// Everybody says a line to everybody every second: walkers, beside the same in silence, so that the difference is what chat costs a map that
/// is busy anyway; and people who stand, as in a chat room, so that all of it is what chat costs.
/// </summary>
internal sealed record Talk() : Scenario("chat", "each says 1 line/s to all: walkers, beside the same in silence, and people who stand", 500)
{
    private const double LeastHeard = 0.99;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        var silent = await Played.Alone(bench, run);
        var walking = await Played.Alone(bench, run with { LinesPerSecond = 1 });
        var standing = await Played.Alone(bench, run with { LinesPerSecond = 1, Settles = true });
        var row = walking.Judge(silent.Judge(standing.JudgeArrival(new Row())))
            .Add("clients", clients)
            .Add("deliveries/s", walking.Report.Chat.Received / walking.Report.Seconds)
            .Add("p50 ms", walking.Report.Chat.LatencyMs.P50, 1).Add("p99 ms", walking.Report.Chat.LatencyMs.P99, 1)
            .Add("walking ms/client/s", walking.ServerMsPerClient, 3).Add("in silence", silent.ServerMsPerClient, 3).Add("standing ms/client/s", standing.ServerMsPerClient, 3)
            .Add("deliveries/CPU-s walking", walking.Report.Chat.Received / walking.ServerCpu.TotalSeconds)
            .Add("without the walk", walking.Report.Chat.Received / Math.Max(0.001, (walking.ServerCpu - silent.ServerCpu).TotalSeconds))
            .Add("deliveries/CPU-s standing", standing.Report.Chat.Received / standing.ServerCpu.TotalSeconds)
            .Add("standing p99 ms", standing.Report.Chat.LatencyMs.P99, 1)
            .Add("alloc B/delivery", (double)(walking.AllocatedBytes - silent.AllocatedBytes) / Math.Max(1, walking.Report.Chat.Received), 1)
            .Add("heard %", 100 * Math.Min(Heard(walking), Heard(standing)), 2)
            .Add("move p99 ms", walking.Report.LatencyMs.P99, 1).Add("frames/client/s", walking.FramesPerClient, 1)
            .Add("lag p99 ms", walking.Report.GeneratorLagMs.P99, 1);
        return JudgeChat(standing, JudgeChat(walking, row));
    }

    private static Row JudgeChat(GameRun game, Row row) => row
        .VoidIf(Heard(game) < LeastHeard, $"{game.Report.Chat.Received} of {game.Report.Chat.Expected} lines heard")
        .VoidIf(game.Report.Chat.Duplicates > 0, $"{game.Report.Chat.Duplicates} lines heard twice");

    private static double Heard(GameRun game) => (double)game.Report.Chat.Received / Math.Max(1, game.Report.Chat.Expected);
}
