using System.Threading.Channels;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using Channel = System.Threading.Channels.Channel;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// One connection's requests, handled one after another in the order in which they came. Bounded: what does not fit is
/// refused by the connection. This is the one place where an exception of a handler ends.
/// </summary>
internal sealed class RequestQueue(ClientConnection connection, MessageRouter router, ILogger log)
{
    private readonly Channel<(ClientMessage Message, int Bytes)> _waiting =
        Channel.CreateBounded<(ClientMessage, int)>(new BoundedChannelOptions(connection.Options.Limits.WaitingRequests) { SingleReader = true });
    private int _waitingBytes;

    /// <summary>False: too many wait, or they are too long. One that waits alone may have any length that a frame may have.</summary>
    public bool TryAdd(ClientMessage message, int bytes)
    {
        var waiting = Interlocked.Add(ref _waitingBytes, bytes);
        if ((waiting == bytes || waiting <= connection.Options.Limits.WaitingRequestBytes) && _waiting.Writer.TryWrite((message, bytes)))
            return true;
        Interlocked.Add(ref _waitingBytes, -bytes);
        return false;
    }

    /// <summary>No more requests; those that wait are not handled any more.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    public async Task Run()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_waiting.Reader.TryRead(out var next) && !connection.Gone.IsCancellationRequested)
            {
                Interlocked.Add(ref _waitingBytes, -next.Bytes);
                await Serve(next.Message);
            }
            if (connection.Gone.IsCancellationRequested)
                return;
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
            request.Refuse(RefusalCode.ServiceNotAvailable, TimeSpan.FromSeconds(1));
        }
        else
        {
            GatewayLog.RequestFailed(log, exception, message.CommandCase);
            request.Refuse(RefusalCode.InternalServerError);
        }
    }
}
