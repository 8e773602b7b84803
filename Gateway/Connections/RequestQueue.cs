using System.Diagnostics.CodeAnalysis;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// One connection's requests, handled one after another in the order in which they came. Bounded: what does not fit is
/// refused by the connection. Nothing waits in a loop for them: the first one that comes sets a pool thread to work, until none is left, so
/// that a client that asks nothing costs nothing. This is the one place where an exception of a handler ends.
/// </summary>
internal sealed class RequestQueue(ClientConnection connection, MessageRouter router, ILogger log) : IThreadPoolWorkItem
{
    /// <summary>The silo that had the grain is gone or going, and the grain as good as started on another.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Queue<(ClientMessage Message, int Bytes)>? _waiting;
    private int _waitingBytes;
    private bool _isServing;
    private bool _isComplete;
    private TaskCompletionSource? _ended;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting?.Count ?? 0;
        }
    }

    /// <summary>False: too many wait, or they are too long. One that waits alone may have any length that a frame may have.</summary>
    public bool TryAdd(ClientMessage message, int bytes)
    {
        lock (_gate)
        {
            if (_isComplete || !HasRoom(bytes))
                return false;
            (_waiting ??= []).Enqueue((message, bytes));
            _waitingBytes += bytes;
            if (_isServing)
                return true;
            _isServing = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>No more requests; those that wait are not handled any more. Returns when the one that is being handled is over.</summary>
    public Task Complete()
    {
        lock (_gate)
        {
            (_isComplete, _waiting) = (true, null);
            if (!_isServing)
                return Task.CompletedTask;
            _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _ended.Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = ServeWaiting();

    private bool HasRoom(int bytes) =>
        _waiting is not { Count: > 0 and var count }
        || (count < connection.Options.Limits.WaitingRequests && _waitingBytes + bytes <= connection.Options.Limits.WaitingRequestBytes);

    private async Task ServeWaiting()
    {
        try
        {
            while (TakeNext(out var message))
                await Serve(message);
        }
        catch (Exception exception)
        {
            // Not even the refusal of what failed could be queued: nothing more can be told to this client.
            GatewayLog.ConnectionFailed(log, exception, connection.Id.Number);
            connection.Close(RefusalCode.InternalServerError);
            End();
        }
    }

    /// <summary>False: none is left, and the next one that comes starts anew.</summary>
    private bool TakeNext([NotNullWhen(true)] out ClientMessage? message)
    {
        lock (_gate)
        {
            if (_waiting is not null && _waiting.TryDequeue(out var next))
            {
                (message, _waitingBytes) = (next.Message, _waitingBytes - next.Bytes);
                return true;
            }
            message = null;
            End();
            return false;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            (_isServing, _waiting, _waitingBytes) = (false, null, 0);
            _ended?.TrySetResult();
        }
    }

    private async Task Serve(ClientMessage message)
    {
        var request = new ClientRequest(connection, message.RequestId);
        try
        {
            if (CommandRules.Refuse(message.CommandCase, connection.State) is { } code)
                request.Refuse(code);
            else
                await router.Route(connection, message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !connection.Gone.IsCancellationRequested)
        {
            RefuseFailed(request, message, exception);
        }
        catch (OperationCanceledException)
        {
            // The client is gone: there is nobody to answer.
        }
    }

    private void RefuseFailed(ClientRequest request, ClientMessage message, Exception exception)
    {
        if (GrainFailures.IsUnavailable(exception))
        {
            GatewayLog.GrainUnavailable(log, message.CommandCase, exception.GetType().Name, exception.Message);
            request.Refuse(RefusalCode.ServiceNotAvailable, exception is OrleansMessageRejectionException ? Elsewhere : AfterSilence);
        }
        else
        {
            GatewayLog.RequestFailed(log, exception, message.CommandCase);
            request.Refuse(RefusalCode.InternalServerError);
        }
    }
}
