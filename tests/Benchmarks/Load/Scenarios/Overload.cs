using System.Diagnostics;

namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// More than the server can do, on purpose: a crowd in which everybody sees everybody, served by one processor. Then half of it leaves. What is
/// left out must be left out evenly, no line of chat may be lost, and the rate must be back when the load has fallen.
/// </summary>
internal sealed record Overload() : Scenario("overload", "a crowd too large for the server, which has one processor here; half of it talks, is measured, and then leaves", 1200)
{
    private const double SideMetres = 33;
    private const double LinesPerSecond = 0.02;
    private const double NormalRate = 19;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var half = clients / 2;
        var (stays, leaves) = (new BotsRun($"stay{half}", half, SideMetres), new BotsRun($"leave{half}", half, SideMetres) { LinesPerSecond = LinesPerSecond });
        await bench.Prepare(stays);
        await bench.Prepare(leaves);
        await using var servers = await bench.StartSiloOnOneProcessor();
        await using var crowd = await bench.Accompany(servers, stays);
        var game = await bench.Play(servers, leaves);
        var (backAfter, rate, skipped) = await Recover(servers);
        var (report, chat) = (game.Report, game.Report.Chat);
        return new Row()
            .Add("clients", clients)
            .Add("frames/client/s", game.FramesPerClient, 1).Add("fewest", report.FramesOfOnePerS.Min, 2).Add("most", report.FramesOfOnePerS.Max, 2)
            .Add("rounds skipped/s", game.Degradation.Rounds / game.Seconds, 1).Add("steps skipped/s", game.Degradation.Steps / game.Seconds, 1)
            .Add("frames skipped/s", game.Degradation.Frames / game.Seconds)
            .Add("p99 ms", report.LatencyMs.P99, 1).Add("in view", report.VisibleMean, 1)
            .Add("lines", chat.Sent).Add("heard %", 100.0 * chat.Received / Math.Max(1, chat.Expected), 2).Add("heard p99 ms", chat.LatencyMs.P99, 1)
            .Add("busy cores", game.ServerCpu.TotalSeconds / game.Seconds, 2)
            .Add("back after s", backAfter, 1).Add("frames/client/s then", rate, 1).Add("rounds skipped/s then", skipped, 1)
            .Add("dropped", report.Dropped).Add("lag p99 ms", report.GeneratorLagMs.P99, 1)
            .VoidIf(game.Degradation.Rounds + game.Degradation.Steps == 0, "the server was not overloaded")
            .VoidIf(chat.Received < chat.Expected, $"{chat.Received} of {chat.Expected} lines heard")
            .VoidIf(report.Dropped > 0 || report.Connected < half, $"{report.Connected} of {half} got in, {report.Dropped} dropped");
    }

    /// <summary>Until those who are left get all their frames; how long it took, the rate then, and what was still skipped.</summary>
    private static async Task<(double Seconds, double Rate, double Skipped)> Recover(Servers servers)
    {
        var began = Stopwatch.GetTimestamp();
        for (var before = await servers.Counters(); ;)
        {
            await Task.Delay(Poll);
            var now = await servers.Counters();
            var (rate, seconds) = (now.FrameRate(before), Stopwatch.GetElapsedTime(before.At, now.At).TotalSeconds);
            if (rate >= NormalRate || Stopwatch.GetElapsedTime(began) > Patience)
                return (Stopwatch.GetElapsedTime(began).TotalSeconds, rate, (now.RoundsSkipped - before.RoundsSkipped) / seconds);
            before = now;
        }
    }
}
