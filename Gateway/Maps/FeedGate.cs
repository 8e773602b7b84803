using System.Collections.Concurrent;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// The lock of one feed, and the small changes that wait for it. A round over thousands of viewers holds it for many milliseconds of
/// each tick, and whoever enters the map changes a few words under it: were they to wait, each would hold a pool thread meanwhile, and
/// when hundreds enter at once nobody is left to read a socket. So a change is posted: made at once when the gate is free, else by
/// whoever holds it, before it is free again. Changes are made in the order in which they came. Each handler of a connection posts
/// what it wants and goes on, so there are never more of them than a few for each connection.
/// </summary>
/// <param name="failed">Told what a change threw, which hurts neither the one after it nor the one who happens to make it.</param>
internal sealed class FeedGate(Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<Action> _posted = new();

    /// <summary>Waits for the gate and makes what was posted before. Free again when the answer is disposed.</summary>
    public Pass Enter()
    {
        var isNested = _lock.IsHeldByCurrentThread;
        _lock.Enter();
        if (!isNested)
            MakeChanges();
        return new Pass(this);
    }

    /// <summary>The same if the gate is free. False, at once: somebody has it, and will make what was posted.</summary>
    public bool TryEnter(out Pass pass)
    {
        pass = default;
        var isNested = _lock.IsHeldByCurrentThread;
        if (!_lock.TryEnter())
            return false;
        if (!isNested)
            MakeChanges();
        pass = new Pass(this);
        return true;
    }

    /// <summary>Has a change made, now or as soon as the gate is free. Never waits.</summary>
    public void Post(Action change)
    {
        _posted.Enqueue(change);
        Settle();
    }

    /// <summary>Posts a change. Ends when it is made, or as it fails: whoever must know holds no thread meanwhile.</summary>
    public Task Make(Action change)
    {
        var made = new Task(change, TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => made.RunSynchronously(TaskScheduler.Default));
        return made;
    }

    /// <summary>Makes what was posted so far. For the one who has the gate.</summary>
    public void MakeChanges()
    {
        while (_posted.TryDequeue(out var change))
            Try(change);
    }

    /// <summary>Whoever posts while the gate is taken relies on its holder, who comes by here after it has let go.</summary>
    private void Settle()
    {
        while (!_posted.IsEmpty && !_lock.IsHeldByCurrentThread && _lock.TryEnter())
        {
            MakeChanges();
            _lock.Exit();
        }
    }

    private void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception)
        {
            failed(exception);
        }
    }

    /// <summary>The right to change the feed, until it is disposed.</summary>
    internal readonly ref struct Pass(FeedGate gate)
    {
        public void Dispose()
        {
            gate._lock.Exit();
            gate.Settle();
        }
    }
}
