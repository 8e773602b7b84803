namespace MmoOrleans.Bots;

/// <summary>
/// Gives every bot its turn so many times a second, one after the other and evenly over the time between two turns of the same bot:
/// turn number n of all turns is due n steps after the start. One wheel instead of a timer per bot. Turns that were missed by
/// a whole round are skipped, not made up for: a generator that was held up must not flood the server afterwards.
/// </summary>
internal sealed class TurnWheel(int bots, double turnsPerSecond, Func<TimeSpan> now, Action<int> turn)
{
    private readonly double _stepSeconds = turnsPerSecond > 0 ? 1 / (turnsPerSecond * bots) : 0;
    private readonly TimeSpan _start = now();
    private long _next;

    /// <summary>How late turns were taken.</summary>
    public LatencyHistogram Lag { get; } = new();

    /// <summary>Takes the turns that are due.</summary>
    public void Advance()
    {
        if (_stepSeconds == 0) return;
        var due = (long)((now() - _start).TotalSeconds / _stepSeconds);
        _next = Math.Max(_next, due - bots + 1);
        for (; _next <= due; _next++)
        {
            Lag.Add(now() - _start - TimeSpan.FromSeconds(_next * _stepSeconds));
            turn((int)(_next % bots));
        }
    }
}
