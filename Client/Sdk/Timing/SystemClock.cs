using System.Diagnostics;

namespace MmoOrleans.Sdk.Timing;

/// <summary>The system's monotonic clock and timers.</summary>
public sealed class SystemClock : IClientClock
{
    /// <inheritdoc />
    public TimeSpan Now => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    /// <inheritdoc />
    public Task Delay(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, cancellation);
}
