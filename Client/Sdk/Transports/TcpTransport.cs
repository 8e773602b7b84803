using System.Net.Security;
using System.Net.Sockets;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Sdk.Transports;

/// <summary>Messages over TCP, each behind its length; with TLS when the endpoint says so.</summary>
public sealed class TcpTransport : ITransport
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameBuffer _received = new(FrameLimits.ServerToClientBytes);
    private byte[] _sending = new byte[1024];
    private Stream? _stream;

    /// <inheritdoc />
    public async Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation)
    {
        // Socket.ConnectAsync takes no token on netstandard2.1; closing the socket ends it.
        using var cancelled = cancellation.Register(Dispose);
        try
        {
            await _socket.ConnectAsync(endpoint.Host, endpoint.Port).ConfigureAwait(false);
            _stream = await Secured(endpoint, new NetworkStream(_socket, ownsSocket: true)).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    /// <inheritdoc />
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (_sending.Length < message.Length + FrameLimits.PrefixBytes) _sending = new byte[message.Length * 2 + FrameLimits.PrefixBytes];
        var prefix = FrameWriter.WriteLength(_sending, message.Length);
        message.Span.CopyTo(_sending.AsSpan(prefix));
        return Opened.WriteAsync(_sending.AsMemory(0, prefix + message.Length), cancellation);
    }

    /// <inheritdoc />
    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var status = _received.Take(out var frame);
            if (status == FrameStatus.Complete) return ReceivedFrame.Message(frame);
            if (status != FrameStatus.Incomplete) return ReceivedFrame.Malformed;

            var count = await Opened.ReadAsync(_received.Free(), cancellation).ConfigureAwait(false);
            if (count == 0) return ReceivedFrame.Closed;
            _received.Received(count);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private Stream Opened => _stream ?? throw new InvalidOperationException("The transport is not connected.");

    private static async Task<Stream> Secured(ServerEndpoint endpoint, NetworkStream plain)
    {
        if (!endpoint.Secure) return plain;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(endpoint.Host).ConfigureAwait(false);
        return secure;
    }
}
