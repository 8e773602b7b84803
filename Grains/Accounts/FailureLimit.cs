namespace MmoOrleans.Grains.Accounts;

/// <summary>Counts failures within a window of time and says how long to wait when there were too many. Holds the latest few times only.</summary>
internal sealed class FailureLimit(int most, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _failures = new();

    /// <summary>The time until another attempt is allowed; null: now.</summary>
    public TimeSpan? Wait(DateTimeOffset now)
    {
        while (_failures.TryPeek(out var oldest) && oldest + window <= now) _failures.Dequeue();
        return _failures.Count < most ? null : _failures.Peek() + window - now;
    }

    public void Failed(DateTimeOffset now) => _failures.Enqueue(now);
}
