namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>
/// What a test does to the storage of a cluster, and what it saw of it. A fault is given by the name of the state, then it
/// meets writes and clears, or by a predicate over every call. Orders are obeyed oldest first. What is thrown here reaches the
/// grain as the inner exception of an OrleansException, but an InconsistentStateException as it is: so Orleans treats any storage.
/// </summary>
public sealed class StorageFaults
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];
    private readonly List<StorageHold> _holds = [];
    private readonly List<StorageCall> _calls = [];

    /// <summary>Every call that was made, failed ones included, in order.</summary>
    public IReadOnlyList<StorageCall> Calls
    {
        get { lock (_lock) return [.. _calls]; }
    }

    /// <summary>Writes and clears of a state so far, failed ones included.</summary>
    public int Writes(string state) => Calls.Count(call => call.IsChange && call.State == state);

    /// <summary>Reads of a state so far, failed ones included.</summary>
    public int Reads(string state) => Calls.Count(call => !call.IsChange && call.State == state);

    /// <summary>Forgets the calls made so far, for a test that counts from here.</summary>
    public void ForgetCalls()
    {
        lock (_lock) _calls.Clear();
    }

    public void FailNext(string state, CommitPoint point, Exception? error = null) => FailNext(ChangeOf(state), point, error);

    /// <summary>The next such call throws, before or after it took effect; the ones after it pass.</summary>
    public void FailNext(Predicate<StorageCall> which, CommitPoint point, Exception? error = null) => Add(new Fault(which, point, error, Once: true));

    public IDisposable FailAll(string state, CommitPoint point, Exception? error = null) => FailAll(ChangeOf(state), point, error);

    /// <summary>All such calls throw until the answer is disposed.</summary>
    public IDisposable FailAll(Predicate<StorageCall> which, CommitPoint point, Exception? error = null) => Add(new Fault(which, point, error, Once: false));

    public StorageHold Hold(string state, CommitPoint point = CommitPoint.Before) => Hold(ChangeOf(state), point);

    /// <summary>The next such call hangs until it is released; the ones after it pass.</summary>
    public StorageHold HoldNext(Predicate<StorageCall> which, CommitPoint point = CommitPoint.Before)
    {
        var met = 0;
        return Hold(call => which(call) && Interlocked.Increment(ref met) == 1, point);
    }

    /// <summary>Such calls hang until they are released.</summary>
    public StorageHold Hold(Predicate<StorageCall> which, CommitPoint point = CommitPoint.Before)
    {
        var hold = new StorageHold(which, point);
        lock (_lock) _holds.Add(hold);
        return hold;
    }

    internal void Saw(StorageCall call)
    {
        lock (_lock) _calls.Add(call);
    }

    /// <summary>Hangs and throws as the test has ordered for this call at this point.</summary>
    internal async Task Meet(StorageCall call, CommitPoint point)
    {
        foreach (var hold in HoldsFor(call, point)) await hold.Pass(call);
        if (TakeFault(call, point) is { } fault)
            throw fault.Error ?? new StorageFailure($"The test lets the {call.Kind} of {call.State} by {call.Grain} fail {point} the commit.");
    }

    private static Predicate<StorageCall> ChangeOf(string state) => call => call.IsChange && call.State == state;

    private StorageHold[] HoldsFor(StorageCall call, CommitPoint point)
    {
        lock (_lock) return [.. _holds.Where(hold => hold.Point == point && hold.Which(call))];
    }

    private Fault? TakeFault(StorageCall call, CommitPoint point)
    {
        lock (_lock)
        {
            var fault = _faults.Find(fault => fault.Point == point && fault.Which(call));
            if (fault is { Once: true }) _faults.Remove(fault);
            return fault;
        }
    }

    private Ending Add(Fault fault)
    {
        lock (_lock) _faults.Add(fault);
        return new Ending(this, fault);
    }

    private sealed record Fault(Predicate<StorageCall> Which, CommitPoint Point, Exception? Error, bool Once);

    private sealed class Ending(StorageFaults faults, Fault fault) : IDisposable
    {
        public void Dispose()
        {
            lock (faults._lock) faults._faults.Remove(fault);
        }
    }
}
