using System.Net.Sockets;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Bots.Wire;

/// <summary>
/// A TCP connection that costs one system call per message sent and about one per message received. Nobody waits on it: it is read when
/// <see cref="ReadySockets"/> finds it ready, and what it cannot send at once goes first the next time.
/// </summary>
internal sealed class LeanSocket(ILeanListener listener, int holdsBytes = 0) : IDisposable
{
    /// <summary>What waits for a server that takes nothing; beyond it the connection is given up.</summary>
    private const int MostUnsentBytes = 64 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameBuffer _received = new(FrameLimits.ServerToClientBytes);
    private readonly Lock _sending = new();
    private byte[] _outgoing = new byte[256];
    private byte[] _unsent = [];
    private bool _isClosed;

    public nint Handle => _socket.Handle;

    /// <summary>Under which <see cref="ReadySockets"/> knows it.</summary>
    public long Key { get; set; }

    /// <summary>Called once it is disposed.</summary>
    public Action Closed { get; set; } = static () => { };

    // Connected while it still blocks: .NET's own way of waiting for a socket would go on listening to it for ever.
    public void Connect(string host, int port)
    {
        if (holdsBytes > 0) _socket.ReceiveBufferSize = holdsBytes;
        _socket.Connect(host, port);
        _socket.Blocking = false;
    }

    /// <summary>
    /// Sends a message behind its length. When what was sent before has not left yet, the server takes nothing now: then the message waits with
    /// it if it must not be lost, up to a bound, and is not taken otherwise. Any thread may call.
    /// </summary>
    public bool TrySend(ReadOnlySpan<byte> message, bool mayWait = false)
    {
        lock (_sending)
        {
            if (_unsent.Length > 0 && !Send(_unsent) && (!mayWait || _unsent.Length > MostUnsentBytes)) return false;
            if (_outgoing.Length < message.Length + FrameLimits.PrefixBytes) _outgoing = new byte[message.Length * 2 + FrameLimits.PrefixBytes];
            var prefix = FrameWriter.WriteLength(_outgoing, message.Length);
            message.CopyTo(_outgoing.AsSpan(prefix));
            var framed = _outgoing.AsSpan(0, prefix + message.Length);
            if (_unsent.Length > 0) _unsent = [.. _unsent, .. framed];
            else Send(framed);
            return true;
        }
    }

    /// <summary>Reads what is there and tells the listener.</summary>
    public void Read()
    {
        try
        {
            var count = _socket.Receive(_received.Free().Span, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success || count == 0) End(isMalformed: false);
            else Take(count);
        }
        catch (InvalidDataException)
        {
            End(isMalformed: true);
        }
        catch (ObjectDisposedException)
        {
            // Closed by the bot while it was on the list of those that are ready.
        }
    }

    // Not while another thread sends: what is sent afterwards goes nowhere, as on any connection that has ended.
    public void Dispose()
    {
        lock (_sending)
        {
            _isClosed = true;
            _socket.Dispose();
        }

        Closed();
    }

    private void Take(int count)
    {
        _received.Received(count);
        FrameStatus status;
        while ((status = _received.Take(out var message)) == FrameStatus.Complete) listener.OnMessage(message.Span);
        if (status != FrameStatus.Incomplete) End(isMalformed: true);
    }

    private void End(bool isMalformed)
    {
        Dispose();
        listener.OnEnd(isMalformed);
    }

    private bool Send(ReadOnlySpan<byte> bytes)
    {
        if (_isClosed) return true;
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        // A connection that broke is told by its next read.
        if (error is not (SocketError.Success or SocketError.WouldBlock)) sent = bytes.Length;
        _unsent = sent == bytes.Length ? [] : bytes[Math.Max(0, sent)..].ToArray();
        return _unsent.Length == 0;
    }
}
