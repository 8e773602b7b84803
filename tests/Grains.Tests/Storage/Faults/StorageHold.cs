namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>Calls that hang at a point until the test lets them go on. Disposal releases.</summary>
public sealed class StorageHold : IDisposable
{
    private readonly TaskCompletionSource<StorageCall> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    internal StorageHold(Predicate<StorageCall> which, CommitPoint point) => (Which, Point) = (which, point);

    internal Predicate<StorageCall> Which { get; }

    internal CommitPoint Point { get; }

    /// <summary>The first call that hangs, as soon as it does.</summary>
    public Task<StorageCall> Arrived => _arrived.Task;

    /// <summary>How many calls have come to hang so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>All go on, and later ones pass.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>All fail, and later ones pass.</summary>
    public void Fail(Exception error) => _released.TrySetException(error);

    public void Dispose() => Release();

    internal Task Pass(StorageCall call)
    {
        if (_released.Task.IsCompleted) return Task.CompletedTask;
        Interlocked.Increment(ref _count);
        _arrived.TrySetResult(call);
        return _released.Task;
    }
}
