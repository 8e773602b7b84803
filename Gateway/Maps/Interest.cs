namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// How far players of a map see. An entity enters view at the visible range and leaves it only at a tenth more (and at least
/// 8 m more), so that one who walks along the edge does not flicker. Also the working memory for serving the viewers of
/// one feed, one after another.
/// </summary>
internal sealed class Interest
{
    private const int LeastMarginCentimeters = 8 * Centimeters.PerMeter;
    private int[] _marks = [];
    private int _mark;

    public Interest(float visibleRangeMeters)
    {
        RangeCentimeters = Math.Max(0, Centimeters.From(visibleRangeMeters));
        var leaveAt = RangeCentimeters + (long)Math.Max(LeastMarginCentimeters, RangeCentimeters / 10);
        EnterSquared = (long)RangeCentimeters * RangeCentimeters;
        LeaveSquared = leaveAt * leaveAt;
    }

    public int RangeCentimeters { get; }

    public long EnterSquared { get; }

    public long LeaveSquared { get; }

    /// <summary>Slots near the viewer that is being served.</summary>
    public List<int> Near { get; } = [];

    /// <summary>Forgets all marks.</summary>
    public void BeginMarks(int capacity)
    {
        if (_marks.Length < capacity)
            Array.Resize(ref _marks, capacity);
        _mark++;
    }

    public void Mark(int slot) => _marks[slot] = _mark;

    public bool IsMarked(int slot) => _marks[slot] == _mark;
}
