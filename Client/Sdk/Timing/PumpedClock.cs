using System.Diagnostics;

namespace MmoOrleans.Sdk.Timing;

/// <summary>A clock whose delays end only when <see cref="Tick"/> is called, for platforms without timers; Pump calls it.</summary>
public sealed class PumpedClock : IClientClock
{
    private readonly object _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly Func<TimeSpan> _now;

    /// <param name="now">Where time comes from. Default: the system's monotonic clock.</param>
    public PumpedClock(Func<TimeSpan>? now = null) =>
        _now = now ?? (static () => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency));

    /// <inheritdoc />
    public TimeSpan Now => _now();

    /// <inheritdoc />
    public Task Delay(TimeSpan time, CancellationToken cancellation)
    {
        var waiting = new Waiting(Now + time);
        lock (_gate) _waiting.Add(waiting);
        if (cancellation.CanBeCanceled) waiting.Registration = cancellation.Register(() => Cancel(waiting, cancellation));
        return waiting.Ended.Task;
    }

    /// <summary>Ends the delays whose time is over, the earliest first.</summary>
    public void Tick()
    {
        foreach (var due in TakeDue(Now))
        {
            due.Registration.Dispose();
            due.Ended.TrySetResult(true);
        }
    }

    // Delays are few (one or two a connection, one a walk), so a scan is cheaper than a heap.
    private List<Waiting> TakeDue(TimeSpan now)
    {
        lock (_gate)
        {
            var due = _waiting.FindAll(one => one.Due <= now);
            if (due.Count == 0) return due;
            _waiting.RemoveAll(one => one.Due <= now);
            due.Sort(static (one, other) => one.Due.CompareTo(other.Due));
            return due;
        }
    }

    private void Cancel(Waiting waiting, CancellationToken cancellation)
    {
        lock (_gate) _waiting.Remove(waiting);
        waiting.Ended.TrySetCanceled(cancellation);
    }

    private sealed class Waiting(TimeSpan due)
    {
        public readonly TimeSpan Due = due;
        // Not asynchronously: that would ask a thread pool which such platforms do not have.
        public readonly TaskCompletionSource<bool> Ended = new();
        public CancellationTokenRegistration Registration;
    }
}
