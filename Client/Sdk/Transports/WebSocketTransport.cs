using System.Net.WebSockets;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Sdk.Transports;

/// <summary>Messages over a WebSocket, one per binary frame.</summary>
public sealed class WebSocketTransport : ITransport
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _received = new byte[4096];

    /// <inheritdoc />
    public Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation) => _socket.ConnectAsync(endpoint.ToUri(), cancellation);

    /// <inheritdoc />
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    /// <inheritdoc />
    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        for (var length = 0; ;)
        {
            if (length == _received.Length && !Grow()) return ReceivedFrame.Malformed;
            var part = await _socket.ReceiveAsync(_received.AsMemory(length), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return ReceivedFrame.Closed;
            if (part.MessageType == WebSocketMessageType.Text) return ReceivedFrame.Malformed;

            length += part.Count;
            if (part.EndOfMessage) return ReceivedFrame.Message(_received.AsMemory(0, length));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private bool Grow()
    {
        if (_received.Length >= FrameLimits.ServerToClientBytes) return false;
        Array.Resize(ref _received, Math.Min(_received.Length * 2, FrameLimits.ServerToClientBytes));
        return true;
    }
}
