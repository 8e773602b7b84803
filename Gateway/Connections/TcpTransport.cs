using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// Length-prefixed frames on a TCP connection, with or without TLS. A write goes straight into the socket and a read comes straight
/// out of it: the pipes that Kestrel puts between cost a tenth of the whole server (docs/decisions/0013).
/// </summary>
/// <param name="stream">On the line, or on the TLS on the line.</param>
internal sealed class TcpTransport(Stream stream, ITcpLine line, IPAddress remoteAddress) : IFrameTransport
{
    /// <summary>Held by every connection, also by one that is silent. A move takes about 20.</summary>
    private const int SmallestReadBytes = 128;

    private const int DrainBytes = 4096;

    private readonly FrameBuffer _received = new(FrameLimits.ClientToServerBytes, SmallestReadBytes);

    public string Kind => "tcp";

    public IPAddress RemoteAddress => remoteAddress;

    // Awaited for every message that comes: the state of the wait is used again.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Received> Receive(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (TakeFrame() is { } received)
                    return received;
                var count = await stream.ReadAsync(_received.Free(), cancellation);
                if (count == 0)
                    return Received.Nothing(ReceivedKind.Closed);
                _received.Received(count);
            }
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
            await stream.WriteAsync(messages, cancellation);
            return true;
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            line.Drop(); // It had its time to take it.
            throw;
        }
    }

    public async ValueTask Finish(CancellationToken cancellation)
    {
        try
        {
            if (stream is SslStream secure)
                await secure.ShutdownAsync().WaitAsync(cancellation);
            line.EndSending();
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
            var unread = new byte[DrainBytes];
            for (int drained = 0, count; drained < FrameLimits.MostDrainedBytes && (count = await stream.ReadAsync(unread, cancellation)) > 0;)
                drained += count;
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // Closed the hard way.
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>The next frame of what has come; null when that is only a part of one.</summary>
    private Received? TakeFrame() => _received.Take(out var frame) switch
    {
        FrameStatus.Complete => new Received(ReceivedKind.Frame, frame),
        FrameStatus.TooLong => Received.Nothing(ReceivedKind.TooLong),
        FrameStatus.MalformedLength => Received.Nothing(ReceivedKind.Malformed),
        _ => null,
    };

    private static bool IsGone(Exception exception) => exception is IOException or ObjectDisposedException or InvalidOperationException;
}
