using System.Net;

namespace MmoOrleans.Gateway.Connections;

/// <summary>One socket to a client, whatever carries it: whole frames in, whole messages out.</summary>
public interface IFrameTransport : IAsyncDisposable
{
    /// <summary>For logs and metrics: "tcp" or "websocket".</summary>
    string Kind { get; }

    /// <summary>Who is there.</summary>
    IPAddress RemoteAddress { get; }

    /// <summary>
    /// The next frame, valid until the next call. Nothing that a peer does makes it throw; only the cancellation does, and
    /// the transport is not used after that.
    /// </summary>
    ValueTask<Received> Receive(CancellationToken cancellation);

    /// <summary>Sends messages, each behind its length, in one write. False: the peer is gone.</summary>
    ValueTask<bool> Send(ReadOnlyMemory<byte> messages, CancellationToken cancellation);

    /// <summary>Says that nothing more will be sent, half a close on TCP, a close frame on a WebSocket; the peer may then close first.</summary>
    ValueTask Finish(CancellationToken cancellation);

    /// <summary>
    /// Reads and forgets until the peer has closed or has sent too much. A socket that is closed over unread input takes back what was sent last:
    /// who sent garbage could not read why it is closed.
    /// </summary>
    ValueTask Drain(CancellationToken cancellation);
}

/// <summary>What a transport got.</summary>
public enum ReceivedKind
{
    /// <summary>One whole frame.</summary>
    Frame,

    /// <summary>The peer has closed, or the line is dead.</summary>
    Closed,

    /// <summary>The peer announced or sent more than one frame may hold.</summary>
    TooLong,

    /// <summary>What came is no frame.</summary>
    Malformed,
}

/// <param name="Frame">Empty unless the kind is <see cref="ReceivedKind.Frame"/>.</param>
public readonly record struct Received(ReceivedKind Kind, ReadOnlyMemory<byte> Frame)
{
    public static Received Nothing(ReceivedKind kind) => new(kind, ReadOnlyMemory<byte>.Empty);
}
