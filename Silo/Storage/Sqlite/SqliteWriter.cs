using System.Collections.Concurrent;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The one thread that writes to the file, first come first served. SQLite lets one writer in at a time, and
/// Microsoft.Data.Sqlite waits for it by sleeping on the caller's thread: measured with 500 grains writing at once on two
/// cores, that held up every timer of the silo for 5 s and single writes for 8 s. A thread of its own costs nobody else's
/// time, and nobody is overtaken. What waits is bounded by the activations, each of which has one write under way, and in
/// time: while another program locks the file each try takes two seconds, and what has waited too long is not tried.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>A write that has waited longer fails unwritten; its grain decides whether to try again.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly BlockingCollection<Action> _waiting = [];
    private readonly Thread _thread;

    public SqliteWriter(TimeProvider time)
    {
        _time = time;
        _thread = new Thread(WriteAll) { Name = "sqlite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does the write on the writer's thread; its exception is the task's.</summary>
    internal Task Do(Func<Task> write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = _time.GetTimestamp();
        _waiting.Add(() =>
        {
            try
            {
                if (_time.GetElapsedTime(asked) > MaxWait) throw new TimeoutException("The storage is too slow or locked: the write waited too long for its turn.");
                write().GetAwaiter().GetResult(); // SQLite's asynchronous calls are done when they return.
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread after what still waits.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void WriteAll()
    {
        foreach (var write in _waiting.GetConsumingEnumerable()) write();
    }
}
