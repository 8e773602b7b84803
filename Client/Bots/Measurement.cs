namespace MmoOrleans.Bots;

/// <summary>What was counted between the opening and the closing of the measured time.</summary>
internal sealed class Measurement
{
    /// <summary>The line on stderr when the measured time begins.</summary>
    public const string Begins = "measuring begins";

    /// <summary>The line on stderr when it is over.</summary>
    public const string Ends = "measuring ends";

    private Tally _before;
    private TimeSpan _cpuBefore;
    private TimeSpan _openedAt;
    private double _visibleSum;
    private int _visibleSamples;

    public Tally Counted { get; private set; }

    public TimeSpan Duration { get; private set; }

    /// <summary>What this process used of the processor meanwhile, user and system.</summary>
    public TimeSpan CpuTime { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Of all bots on a map at each sample; 0 without samples.</summary>
    public double VisibleMean => _visibleSamples == 0 ? 0 : _visibleSum / _visibleSamples;

    public void Open(Tally tally, TimeSpan now) => (_before, _openedAt, _cpuBefore, IsOpen) = (tally, now, Environment.CpuUsage.TotalTime, true);

    public void Sample(double visibleMean)
    {
        if (!IsOpen) return;
        _visibleSum += visibleMean;
        _visibleSamples++;
    }

    public void Close(Tally tally, TimeSpan now) =>
        (Counted, Duration, CpuTime, IsOpen) = (tally - _before, now - _openedAt, Environment.CpuUsage.TotalTime - _cpuBefore, false);
}
