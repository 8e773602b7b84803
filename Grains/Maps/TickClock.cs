namespace MmoOrleans.Grains.Maps;

/// <summary>
/// Says how many steps are due. Steps have one fixed length and begin on a grid of that length, so that a timer that fires late does
/// not make the map slow. After a stall a few steps are caught up and the rest is skipped: catching up all of them would only
/// make the next stall.
/// </summary>
internal sealed class TickClock(TimeSpan step)
{
    private const int MostAtOnce = 4;

    private DateTimeOffset? _next;

    /// <summary>Steps that were never made.</summary>
    public long Skipped { get; private set; }

    /// <summary>How many steps to make now.</summary>
    public int Due(DateTimeOffset now)
    {
        var next = _next ??= now;
        if (now < next)
            return 0;
        var due = (int)Math.Min((now - next) / step + 1, int.MaxValue);
        _next = next + (step * due);
        Skipped += Math.Max(0, due - MostAtOnce);
        return Math.Min(due, MostAtOnce);
    }

    /// <summary>How long until the next step is due.</summary>
    public TimeSpan UntilNext(DateTimeOffset now)
    {
        var wait = (_next ?? now) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>The map rested: the next step is now, and none was missed.</summary>
    public void Rest() => _next = null;
}
