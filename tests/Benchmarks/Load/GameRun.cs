using MmoOrleans.Bots;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>What the bots saw and what the server used meanwhile.</summary>
/// <param name="Report">The bots' own.</param>
/// <param name="Seconds">Between the two readings of the server's clock.</param>
/// <param name="ServerCpu">User and system time of the server's processes between them.</param>
/// <param name="AllocatedBytes">By the first silo, in the same time.</param>
/// <param name="Degradation">What the server left out.</param>
/// <param name="Maps">How many the bots were on.</param>
internal sealed record GameRun(Report Report, double Seconds, TimeSpan ServerCpu, long AllocatedBytes, Degradation Degradation, int Maps)
{
    /// <summary>What a row must have done to count.</summary>
    private const double LeastFramesPerClient = 19;

    private const double LeastDelivered = 0.99;
    private const double MostLagMs = 10;

    /// <summary>Of the ticks of the maps, those that were left out: what one late timer or collection costs, and no more.</summary>
    private const double MostSkipped = 0.01;

    private const double TicksPerSecond = 20;

    public double SkippedShare => (Degradation.Rounds + Degradation.Steps) / (Seconds * TicksPerSecond * Maps);

    public double ServerMsPerClient => ServerCpu.TotalMilliseconds / Seconds / Report.Clients;

    public double ServerUsPerUpdate => ServerCpu.TotalMicroseconds / (Report.UpdatesReceivedPerS * Seconds);

    public double FramesPerClient => Report.FramesPerClientPerS;

    public double MovesPerClient => Report.MovesSentPerS / Report.Clients;

    public double BytesPerFrame => Math.Round(Report.BytesPerClientPerS / Math.Max(1, Report.FramesPerClientPerS));

    public double BytesPerMove => Math.Round(Report.SentBytesPerClientPerS / Math.Max(0.001, MovesPerClient));

    public double AllocatedPerMove => AllocatedBytes / (Report.MovesSentPerS * Seconds);

    public double AllocatedPerUpdate => AllocatedBytes / (Report.UpdatesReceivedPerS * Seconds);

    /// <summary>The checks of every run in which bots walk.</summary>
    public Row Judge(Row row) => JudgeArrival(row)
        .VoidIf(FramesPerClient < LeastFramesPerClient, $"{FramesPerClient:F1} frames per client and second")
        .VoidIf(SkippedShare > MostSkipped, $"{Degradation.Rounds:F0} rounds and {Degradation.Steps:F0} steps skipped by the server")
        .VoidIf(Report.Delivery.Ratio < LeastDelivered, $"{Report.Delivery.Ratio:P1} of the updates delivered");

    /// <summary>The checks of every run.</summary>
    public Row JudgeArrival(Row row) => row
        .VoidIf(Report.Connected < Report.Clients || Report.Dropped > 0, $"{Report.Connected} of {Report.Clients} got in, {Report.Dropped} dropped")
        .VoidIf(Report.Errors > 0, $"{Report.Errors} errors")
        .VoidIf(Report.GeneratorLagMs.P99 >= MostLagMs, $"generator lag {Report.GeneratorLagMs.P99:F0} ms");
}
