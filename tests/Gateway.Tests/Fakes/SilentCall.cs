namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A call that a grain does not answer: it ends when whoever made it calls it off.</summary>
public sealed class SilentCall<T>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it has been made.</summary>
    public Task Made => _made.Task.WaitAsync(Patience);

    /// <summary>Completes when it was called off.</summary>
    public Task CalledOff => Assert.ThrowsAnyAsync<OperationCanceledException>(() => _answer.Task.WaitAsync(Patience));

    /// <summary>What the grain gives its caller.</summary>
    public Task<T> Make(CancellationToken cancellation)
    {
        cancellation.Register(() => _answer.TrySetCanceled(cancellation));
        _made.TrySetResult();
        return _answer.Task;
    }
}
