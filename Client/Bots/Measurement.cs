namespace MmoOrleans.Bots;

/// <summary>What was counted between the opening and the closing of the measured time.</summary>
internal sealed class Measurement
{
    private Tally _before;
    private TimeSpan _openedAt;
    private double _visibleSum;
    private int _visibleSamples;

    public Tally Counted { get; private set; }

    public TimeSpan Duration { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Of all bots on a map at each sample; 0 without samples.</summary>
    public double VisibleMean => _visibleSamples == 0 ? 0 : _visibleSum / _visibleSamples;

    public void Open(Tally tally, TimeSpan now) => (_before, _openedAt, IsOpen) = (tally, now, true);

    public void Sample(double visibleMean)
    {
        if (!IsOpen) return;
        _visibleSum += visibleMean;
        _visibleSamples++;
    }

    public void Close(Tally tally, TimeSpan now) => (Counted, Duration, IsOpen) = (tally - _before, now - _openedAt, false);
}
