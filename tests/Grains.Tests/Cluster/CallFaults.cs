namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Where a call between two grains is held up: on its way there, or its answer on the way back.</summary>
public enum CallPoint
{
    There,
    Back,
}

/// <summary>What a test does to calls between grains. It acts at the caller, so that the grain that was called stays free, as with a line that is cut.</summary>
public sealed class CallFaults : IOutgoingGrainCallFilter
{
    private readonly Lock _lock = new();
    private readonly List<CallHold> _holds = [];

    /// <summary>The next such call hangs until the test lets it go on or fail; those after it pass.</summary>
    public CallHold HoldNext(GrainId target, string method, CallPoint point) => Hold(target, method, point, once: true);

    /// <summary>All such calls hang.</summary>
    public CallHold HoldAll(GrainId target, string method, CallPoint point) => Hold(target, method, point, once: false);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await Meet(context, CallPoint.There);
        await context.Invoke();
        await Meet(context, CallPoint.Back);
    }

    private CallHold Hold(GrainId target, string method, CallPoint point, bool once)
    {
        var hold = new CallHold(target, method, point, once);
        lock (_lock) _holds.Add(hold);
        return hold;
    }

    private Task Meet(IOutgoingGrainCallContext call, CallPoint point) => Find(call, point)?.Pass() ?? Task.CompletedTask;

    private CallHold? Find(IOutgoingGrainCallContext call, CallPoint point)
    {
        lock (_lock)
        {
            var hold = _holds.Find(hold => hold.Point == point && hold.Target == call.TargetId && hold.Method == call.MethodName);
            if (hold is { Once: true }) _holds.Remove(hold);
            return hold;
        }
    }
}

/// <summary>A call that hangs at a point. Disposal releases.</summary>
public sealed class CallHold(GrainId target, string method, CallPoint point, bool once) : IDisposable
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first call hangs.</summary>
    public Task Arrived => _arrived.Task;

    internal GrainId Target => target;

    internal string Method => method;

    internal CallPoint Point => point;

    internal bool Once => once;

    public void Release() => _end.TrySetResult();

    public void Fail(Exception error) => _end.TrySetException(error);

    public void Dispose() => Release();

    internal Task Pass()
    {
        _arrived.TrySetResult();
        return _end.Task;
    }
}
