namespace MmoOrleans.Grains.Maps;

/// <summary>
/// Says how many steps are due. Steps have one fixed length and begin on a grid of that length, so that a timer that fires late does
/// not make the map slow. After a stall a few steps are caught up, as long as all of them together take no longer than one may,
/// and the rest is skipped: a map whose steps take too long would else be later with each of them, and its frames rarer
/// than they must be.
/// </summary>
internal sealed class TickClock(TimeSpan step)
{
    private const int MostAtOnce = 4;

    private DateTimeOffset? _next;

    /// <summary>Steps given up at the end of the last <see cref="Make"/>, of which no step has been told yet.</summary>
    private long _unpaid;

    /// <summary>Steps that were never made.</summary>
    public long Skipped { get; private set; }

    /// <summary>How many steps to make now.</summary>
    internal int Due(DateTimeOffset now)
    {
        var next = _next ??= now;
        if (now < next)
            return 0;
        var due = (int)Math.Min((now - next) / step + 1, int.MaxValue);
        _next = next + (step * due);
        Skipped += Math.Max(0, due - MostAtOnce);
        return Math.Min(due, MostAtOnce);
    }

    /// <summary>
    /// Makes the steps that are due and fit. <paramref name="make"/> is told how many were skipped right before its step, for which it
    /// stands in. Returns how many were made.
    /// </summary>
    public int Make(TimeProvider time, Action<long> make)
    {
        var (began, before) = (time.GetTimestamp(), Skipped);
        var due = Due(time.GetUtcNow());
        for (var made = 0; made < due; made++)
        {
            if (made > 0 && time.GetElapsedTime(began) >= step)
            {
                Skipped += _unpaid = due - made;
                return made;
            }
            make(made == 0 ? Skipped - before + TakeUnpaid() : 0);
        }
        return due;
    }

    /// <summary>How long until the next step is due.</summary>
    public TimeSpan UntilNext(DateTimeOffset now)
    {
        var wait = (_next ?? now) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>The map rested: the next step is now, and none was missed.</summary>
    public void Rest() => (_next, _unpaid) = (null, 0);

    private long TakeUnpaid()
    {
        var steps = _unpaid;
        _unpaid = 0;
        return steps;
    }
}
