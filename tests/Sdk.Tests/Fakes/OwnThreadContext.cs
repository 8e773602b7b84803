using System.Collections.Concurrent;

namespace MmoOrleans.Sdk.Tests.Fakes;

/// <summary>A context with one thread, as a UI has.</summary>
public sealed class OwnThreadContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _work = [];
    private readonly Thread _thread;

    public OwnThreadContext()
    {
        _thread = new Thread(Work) { IsBackground = true };
        _thread.Start();
    }

    public int ThreadId => _thread.ManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    public Task<T> Run<T>(Func<T> make)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => made.SetResult(make()), null);
        return made.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        SetSynchronizationContext(this);
        foreach (var (work, state) in _work.GetConsumingEnumerable()) work(state);
    }
}
