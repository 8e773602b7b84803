using System.Collections.Concurrent;
using System.Diagnostics;

namespace MmoOrleans.Chaos.Histories;

/// <summary>What all witnesses of a run saw. Any thread may add.</summary>
public sealed class History
{
    private readonly ConcurrentQueue<Witnessed> _all = new();
    private readonly long _began = Stopwatch.GetTimestamp();

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    public void Add(Witnessed one) => _all.Enqueue(one);

    /// <summary>All of it, in the order of time.</summary>
    public IReadOnlyList<Witnessed> All() => [.. _all.OrderBy(one => one.At)];
}
