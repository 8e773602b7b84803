namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>
/// Work in the order it came, urgent work (logins) before other (registrations), for a fixed number of threads (below normal priority where the system knows that), so that a rush
/// of logins leaves the cores to maps that tick. Bounded by number and by time: what would wait longer than its caller is refused.
/// </summary>
internal sealed class HashingQueue : IDisposable
{
    // Before anything was measured: what current advice costs on a slow core.
    private static readonly TimeSpan FirstGuess = TimeSpan.FromMilliseconds(200);

    private readonly LinkedList<Work> _waiting = new(); // Urgent work first; its monitor guards all that changes.
    private readonly Thread[] _workers;
    private readonly int _maxWaiting;
    private readonly TimeSpan _maxWait;
    private readonly TimeProvider _time;
    private TimeSpan _usualDuration = FirstGuess;
    private int _urgent;
    private int _atWork;
    private bool _closed;

    internal HashingQueue(int workers, int maxWaiting, TimeSpan maxWait, TimeProvider time)
    {
        _maxWaiting = maxWaiting;
        _maxWait = maxWait;
        _time = time;
        _workers = [.. Enumerable.Range(1, workers).Select(Worker)];
        foreach (var worker in _workers) worker.Start();
    }

    /// <summary>The guess was wrong by as much again: whoever asked is told to come back instead.</summary>
    private TimeSpan Stale => _maxWait * 2;

    /// <summary>How many wait for a thread now; those being worked on are not counted.</summary>
    internal int Waiting
    {
        get { lock (_waiting) return _waiting.Count; }
    }

    internal bool IsIdle
    {
        get { lock (_waiting) return _waiting.Count + _atWork == 0; }
    }

    /// <summary>How long the work that is here now will take, going by what work has taken lately: when to come back.</summary>
    internal TimeSpan Backlog
    {
        get { lock (_waiting) return EstimatedBacklog(); }
    }

    /// <summary>
    /// The answer of the work; null when it is not done because too much is ahead of it, or because it has waited so long that
    /// nobody can be waiting for it any more.
    /// </summary>
    /// <param name="urgent">Goes before all that is not, and is refused for what is urgent ahead of it alone.</param>
    internal Task<T?> Run<T>(Func<T> work, bool urgent, CancellationToken cancellation) where T : class
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T?>(cancellation);
        var item = new Work<T>(work, urgent, _time.GetTimestamp());
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!HasRoom(urgent)) return Task.FromResult<T?>(null);
            Enqueue(item);
            // Inside the lock, so that no thread takes the work before it knows its registration.
            item.GivingUp = cancellation.UnsafeRegister(_ => GiveUp(item, cancellation), null);
            Monitor.Pulse(_waiting);
            return item.Answer;
        }
    }

    /// <summary>Cancels what waits and ends the threads, each after the work it is at.</summary>
    public void Dispose()
    {
        List<Work> abandoned;
        lock (_waiting)
        {
            _closed = true;
            abandoned = [.. _waiting];
            _waiting.Clear();
            _urgent = 0;
            Monitor.PulseAll(_waiting);
        }

        foreach (var item in abandoned) item.Cancel(CancellationToken.None);
        foreach (var worker in _workers) worker.Join();
    }

    /// <summary>An idle thread takes whatever comes, however long the work is thought to be.</summary>
    private bool HasRoom(bool urgent)
    {
        // Work that an idle thread is about to take does not wait, so what is at work is counted too.
        var ahead = (urgent ? _urgent : _waiting.Count) + _atWork;
        return ahead < _workers.Length || (ahead < _workers.Length + _maxWaiting && EstimatedTime(ahead) <= _maxWait);
    }

    /// <summary>Behind the last of its kind.</summary>
    private void Enqueue(Work item)
    {
        var next = item.Urgent ? _waiting.First : null;
        while (next is { Value.Urgent: true }) next = next.Next;
        item.Place = next is null ? _waiting.AddLast(item) : _waiting.AddBefore(next, item);
        if (item.Urgent) _urgent++;
    }

    private void Dequeue(LinkedListNode<Work> place)
    {
        _waiting.Remove(place);
        if (place.Value.Urgent) _urgent--;
    }

    private TimeSpan EstimatedBacklog() => EstimatedTime(_waiting.Count + _atWork);

    private TimeSpan EstimatedTime(int ahead) => _usualDuration * ((double)Math.Max(ahead, 1) / _workers.Length);

    private void GiveUp(Work item, CancellationToken cancellation)
    {
        lock (_waiting)
        {
            if (item.Place?.List != _waiting) return; // A thread has it: its answer comes in a moment.
            Dequeue(item.Place);
        }

        item.Cancel(cancellation);
    }

    private Thread Worker(int number) => new(WorkOff)
    {
        Name = $"password hashing {number}",
        IsBackground = true,
        Priority = ThreadPriority.BelowNormal,
    };

    private void WorkOff()
    {
        while (Next() is { } item)
        {
            var started = _time.GetTimestamp();
            var late = _time.GetElapsedTime(item.Asked, started) > Stale;
            if (late) item.Skip();
            else item.Run();
            Finish(late ? null : _time.GetElapsedTime(started));
        }
    }

    private Work? Next()
    {
        lock (_waiting)
        {
            while (!_closed && _waiting.Count == 0) Monitor.Wait(_waiting);
            if (_waiting.First is not { } first) return null;
            Dequeue(first);
            _atWork++;
            return first.Value;
        }
    }

    private void Finish(TimeSpan? duration)
    {
        lock (_waiting)
        {
            _atWork--;
            if (duration is { } took) _usualDuration += (took - _usualDuration) / 8; // A moving average over about eight pieces of work.
        }
    }

    private abstract class Work(bool urgent, long asked)
    {
        internal bool Urgent => urgent;

        internal long Asked => asked;

        internal LinkedListNode<Work>? Place { get; set; }

        internal CancellationTokenRegistration GivingUp { get; set; }

        internal abstract void Run();

        internal abstract void Skip();

        internal abstract void Cancel(CancellationToken cancellation);
    }

    private sealed class Work<T>(Func<T> work, bool urgent, long asked) : Work(urgent, asked) where T : class
    {
        // Asynchronously: the awaiting grain goes on in its own scheduler, not on the hashing thread.
        private readonly TaskCompletionSource<T?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<T?> Answer => _answer.Task;

        internal override void Run()
        {
            GivingUp.Unregister();
            try
            {
                _answer.TrySetResult(work());
            }
            catch (Exception broken)
            {
                _answer.TrySetException(broken); // To whoever asked; the thread lives on.
            }
        }

        internal override void Skip()
        {
            GivingUp.Unregister();
            _answer.TrySetResult(null);
        }

        internal override void Cancel(CancellationToken cancellation)
        {
            GivingUp.Unregister();
            _answer.TrySetCanceled(cancellation);
        }
    }
}
