using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Length-prefixed frames on a pair of pipes: Kestrel's end of a TCP connection, with or without TLS below it.</summary>
/// <param name="abort">Cuts the line. Only that ends a write to a peer that does not read.</param>
internal sealed class TcpTransport(IDuplexPipe pipes, IPAddress remoteAddress, Action abort) : IFrameTransport
{
    private ReadOnlySequence<byte> _unread;
    private bool _isHolding;
    private bool _isCompleted;

    public string Kind => "tcp";

    public IPAddress RemoteAddress => remoteAddress;

    // Awaited for every message that comes: the state of the wait is used again.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Received> Receive(CancellationToken cancellation)
    {
        while (true)
        {
            if (_isHolding && TakeFrame() is { } received)
                return received;
            if (_isCompleted || !await Read(cancellation))
                return Received.Nothing(ReceivedKind.Closed);
        }
    }

    public async ValueTask<bool> Send(ReadOnlyMemory<byte> messages, CancellationToken cancellation)
    {
        try
        {
            var flushed = await pipes.Output.WriteAsync(messages, cancellation);
            return !flushed.IsCompleted && !flushed.IsCanceled;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    // TCP's word for it would be half a close, which Kestrel's pipes do not know.
    public ValueTask Finish(CancellationToken cancellation) => default;

    public async ValueTask Drain(CancellationToken cancellation)
    {
        while (!_isCompleted && (_isHolding || await Read(cancellation)))
        {
            pipes.Input.AdvanceTo(_unread.End);
            _isHolding = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pipes.Output.CompleteAsync();
        await pipes.Input.CompleteAsync();
        abort();
    }

    /// <summary>The next frame of what is held; null when that is only a part of one, which then waits for more.</summary>
    private Received? TakeFrame()
    {
        switch (FrameReader.Read(ref _unread, FrameLimits.ClientToServerBytes, out var frame))
        {
            case FrameStatus.Complete:
                return new Received(ReceivedKind.Frame, frame);
            case FrameStatus.TooLong:
                return Received.Nothing(ReceivedKind.TooLong);
            case FrameStatus.MalformedLength:
                return Received.Nothing(ReceivedKind.Malformed);
            default:
                pipes.Input.AdvanceTo(_unread.Start, _unread.End);
                _isHolding = false;
                return null;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> Read(CancellationToken cancellation)
    {
        try
        {
            var result = await pipes.Input.ReadAsync(cancellation);
            (_unread, _isHolding, _isCompleted) = (result.Buffer, true, result.IsCompleted);
            return !result.IsCanceled;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
