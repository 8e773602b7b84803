using Microsoft.Extensions.Time.Testing;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>
/// The time of a whole cluster, Orleans' own included, in a test's hands. Each look at it costs a tick (100 ns): Orleans waits for a moment by
/// waiting for what is left of it in whole milliseconds and looking again, so that with less than one left on a clock that stands
/// still it would look for ever, inside the very call that is to move the clock.
/// </summary>
public sealed class ClusterClock : FakeTimeProvider
{
    public ClusterClock()
        : base(DateTimeOffset.UtcNow) => AutoAdvanceAmount = TimeSpan.FromTicks(1);
}
