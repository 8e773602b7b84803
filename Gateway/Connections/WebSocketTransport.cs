using System.Net;
using System.Net.WebSockets;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// One message per binary WebSocket message. A WebSocket writes each by itself; the stream below gathers those that go out together
/// into one write.
/// </summary>
internal sealed class WebSocketTransport(WebSocket socket, MeteredStream stream, IPAddress remoteAddress, Action abort) : IFrameTransport
{
    private const int ReceiveBytes = 2048;

    private readonly PooledBuffer _message = new();

    public string Kind => "websocket";

    public IPAddress RemoteAddress => remoteAddress;

    public async ValueTask<Received> Receive(CancellationToken cancellation)
    {
        _message.Release();
        try
        {
            return await ReceiveMessage(cancellation);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return Received.Nothing(ReceivedKind.Closed);
        }
    }

    public async ValueTask<bool> Send(ReadOnlyMemory<byte> messages, CancellationToken cancellation)
    {
        try
        {
            stream.Gather();
            while (!messages.IsEmpty)
            {
                FrameReader.ReadLength(messages.Span, int.MaxValue, out var length, out var prefixBytes);
                await socket.SendAsync(messages.Slice(prefixBytes, length), WebSocketMessageType.Binary, true, cancellation);
                messages = messages[(prefixBytes + length)..];
            }
            await stream.Leave(cancellation);
            return true;
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return false;
        }
    }

    public async ValueTask Finish(CancellationToken cancellation)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // Closed already, from the other side.
        }
    }

    public async ValueTask Drain(CancellationToken cancellation)
    {
        try
        {
            _message.Release();
            var unread = _message.GetMemory(ReceiveBytes);
            for (var drained = 0; drained < FrameLimits.MostDrainedBytes;)
            {
                var part = await socket.ReceiveAsync(unread, cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                drained += part.Count;
            }
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // Closed without the word for it.
        }
    }

    public ValueTask DisposeAsync()
    {
        _message.Release();
        if (socket.State != WebSocketState.Closed)
            abort(); // Only that ends a write to a peer that does not read.
        socket.Dispose();
        return default;
    }

    private async ValueTask<Received> ReceiveMessage(CancellationToken cancellation)
    {
        while (true)
        {
            var part = await socket.ReceiveAsync(_message.GetMemory(ReceiveBytes), cancellation);
            if (part.MessageType != WebSocketMessageType.Binary)
                return Received.Nothing(part.MessageType == WebSocketMessageType.Close ? ReceivedKind.Closed : ReceivedKind.Malformed);
            if (part.Count == 0 && !part.EndOfMessage)
                return Received.Nothing(ReceivedKind.Malformed);
            _message.Advance(part.Count);
            if (_message.Length > FrameLimits.ClientToServerBytes)
                return Received.Nothing(ReceivedKind.TooLong);
            if (part.EndOfMessage)
                return new Received(ReceivedKind.Frame, _message.Written);
        }
    }

    private static bool IsGone(Exception exception) =>
        exception is WebSocketException or IOException or InvalidOperationException or ObjectDisposedException;
}
