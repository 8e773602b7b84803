using Microsoft.Extensions.Time.Testing;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>
/// The time of a whole cluster, Orleans' own included, in a test's hands. Orleans waits for a moment by waiting for what is left of it in
/// whole milliseconds and looking again: with less than one left, on a clock that stands still, it would look for ever, inside the
/// very call that is to move the clock. So a clock that is looked at without end moves on by a millisecond.
/// </summary>
public sealed class ClusterClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private const int WithoutEnd = 100_000;

    private long _seenAt;
    private int _looks;

    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        if (Interlocked.Exchange(ref _seenAt, now.Ticks) != now.Ticks)
            Volatile.Write(ref _looks, 0);
        else if (Interlocked.Increment(ref _looks) == WithoutEnd)
            Advance(TimeSpan.FromMilliseconds(1));
        return now;
    }
}
