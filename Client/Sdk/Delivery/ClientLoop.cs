using System.Collections.Concurrent;

namespace MmoOrleans.Sdk.Delivery;

/// <summary>
/// The one place where a client's work happens, one thing at a time and in order. It is a SynchronizationContext, so that the
/// client's own flows are plain async methods whose every continuation comes back here; no locks are needed behind it.
/// Handlers and callers never see this context: <see cref="Outward"/> puts theirs back while they run.
/// </summary>
internal sealed class ClientLoop : SynchronizationContext
{
    /// <summary>One Pump runs at most this much, so that a flood of news cannot hold a frame of the game for ever.</summary>
    private const int MostPerPump = 4096;

    private readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> _queue = new();
    private readonly EventDelivery _delivery;
    private readonly SynchronizationContext? _host;
    private SynchronizationContext? _outside;
    private int _waiting;
    private int _pumping;

    public ClientLoop(EventDelivery delivery)
    {
        _delivery = delivery;
        _host = delivery == EventDelivery.Captured ? Current : null;
    }

    // Without a place of their own, callers that block in a continuation would block the client: those continue on the pool.
    private TaskCreationOptions Completion =>
        _delivery == EventDelivery.Captured && _host is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("The client's loop only posts.");

    public override void Post(SendOrPostCallback d, object? state)
    {
        _queue.Enqueue((d, state));
        if (_delivery == EventDelivery.Pump) return;
        if (Interlocked.Increment(ref _waiting) != 1) return;
        if (_host is null) Drain();
        else _host.Post(static loop => ((ClientLoop)loop!).Drain(), this);
    }

    public void Post(Action work) => Post(static state => ((Action)state!)(), work);

    /// <summary>Runs what waits. A Pump inside a Pump (from a handler, or on another thread) does nothing.</summary>
    public void Pump()
    {
        if (Interlocked.Exchange(ref _pumping, 1) != 0) return;
        try
        {
            for (var done = 0; done < MostPerPump && _queue.TryDequeue(out var next); done++) RunOne(next);
        }
        finally
        {
            Volatile.Write(ref _pumping, 0);
        }
    }

    /// <summary>Starts a flow here; the answer reaches the caller with the caller's own context in place.</summary>
    public Task<T> Run<T>(Func<Task<T>> flow)
    {
        var outcome = new TaskCompletionSource<T>(Completion);
        Post(() => _ = Forward(flow, outcome));
        return outcome.Task;
    }

    /// <summary>Runs code that is not the client's: a handler, or what awaits a request.</summary>
    public void Outward(Action code)
    {
        var inside = Current;
        SetSynchronizationContext(_outside);
        try
        {
            code();
        }
        finally
        {
            SetSynchronizationContext(inside);
        }
    }

    private async Task Forward<T>(Func<Task<T>> flow, TaskCompletionSource<T> outcome)
    {
        try
        {
            var value = await flow();
            Outward(() => outcome.TrySetResult(value));
        }
        catch (OperationCanceledException cancelled)
        {
            Outward(() => outcome.TrySetCanceled(cancelled.CancellationToken));
        }
        catch (Exception broken)
        {
            Outward(() => outcome.TrySetException(broken));
        }
    }

    // Whoever brought the count from 0 to 1 runs until it is 0 again: nobody else is here meanwhile, and nothing is left behind.
    private void Drain()
    {
        do
        {
            _queue.TryDequeue(out var next);
            RunOne(next);
        }
        while (Interlocked.Decrement(ref _waiting) != 0);
    }

    private void RunOne((SendOrPostCallback Work, object? State) next)
    {
        var before = Current;
        _outside = before;
        SetSynchronizationContext(this);
        try
        {
            next.Work(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
