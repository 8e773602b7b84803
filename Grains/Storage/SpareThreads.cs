namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Lets the thread pool make a thread at once for each call to the store that hangs. A database's client library may hold the thread on which
/// it gives such a call up, for seconds (Npgsql asks the server to cancel it, and waits); the pool would find another within half a second or
/// more for each of them, and until then nobody in the process is served.
/// </summary>
internal sealed class SpareThreads
{
    /// <summary>More calls than a silo has connections to a store do not hang in it; they wait for a connection, which holds no thread.</summary>
    private const int Most = 32;

    /// <summary>The pool is the process's, which may hold several silos.</summary>
    private static readonly Lock Gate = new();

    private int _hanging;

    /// <summary>A call hangs.</summary>
    public void Add() => Change(by: 1);

    /// <summary>A call that hung has ended.</summary>
    public void Remove() => Change(by: -1);

    private void Change(int by)
    {
        lock (Gate)
        {
            var before = Math.Min(_hanging, Most);
            _hanging += by;
            ThreadPool.GetMinThreads(out var workers, out var others);
            ThreadPool.SetMinThreads(workers + Math.Min(_hanging, Most) - before, others);
        }
    }
}
