using System.Threading.Channels;
using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;
using Channel = System.Threading.Channels.Channel;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// What waits to be sent to one client, ready encoded in one buffer, so that all that has gathered leaves in one write.
/// Answers and events queue up to a bound; of map frames one waits at most, and a client that has not taken it is skipped:
/// the next frame it gets tells all. So a client that does not read costs at most twice the bound and two frames.
/// </summary>
internal sealed class SendQueue(int limitBytes, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private PooledBuffer _waiting = new();
    private PooledBuffer _leaving = new();
    private int _waitingReliableBytes;
    private bool _isFrameWaiting;
    private bool _isFrameLeaving;
    private bool _isComplete;
    private long _writingSince;

    /// <summary>Whether a map frame would be taken: the one before it has left.</summary>
    public bool TakesFrame => !Volatile.Read(ref _isFrameWaiting) && !Volatile.Read(ref _isFrameLeaving);

    /// <summary>How long the write under way has taken; zero when there is none.</summary>
    public TimeSpan Stalled => Volatile.Read(ref _writingSince) is > 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Queues a message. False: the bound is reached and nothing was queued.</summary>
    public bool Enqueue(ServerMessage message)
    {
        lock (_gate)
        {
            if (_isComplete)
                return true;
            var bytes = message.CalculateSize();
            if (!Reserve(bytes))
                return false;
            FrameWriter.WriteLength(_waiting, bytes);
            message.WriteTo(_waiting);
        }
        return Signal();
    }

    /// <summary>Queues messages that are encoded, each behind its length. False as above.</summary>
    public bool Enqueue(ReadOnlySpan<byte> messages)
    {
        lock (_gate)
        {
            if (_isComplete)
                return true;
            if (!Reserve(messages.Length))
                return false;
            _waiting.Append(messages);
        }
        return Signal();
    }

    /// <summary>Queues a map frame, encoded behind its length. False: the one before it still waits.</summary>
    public bool EnqueueFrame(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_isComplete || !TakesFrame)
                return false;
            _isFrameWaiting = true;
            _waiting.Append(frame);
        }
        return Signal();
    }

    /// <summary>Queues the very last message, beyond every bound, and ends the queue: <see cref="Run"/> returns when all has left.</summary>
    public void Complete(ServerMessage? last)
    {
        lock (_gate)
        {
            if (!_isComplete && last is not null)
                FrameWriter.Write(_waiting, last);
            _isComplete = true;
        }
        Signal();
        _signal.Writer.TryComplete();
    }

    /// <summary>Sends what gathers until the queue is complete or the peer is gone. Answers how many bytes left.</summary>
    public async Task Run(IFrameTransport transport, Action<int> sent, CancellationToken cancellation)
    {
        try
        {
            while (await _signal.Reader.WaitToReadAsync(cancellation))
            {
                while (_signal.Reader.TryRead(out _)) { }
                if (!await SendGathered(transport, sent, cancellation))
                    break;
            }
        }
        finally
        {
            Close();
        }
    }

    private async ValueTask<bool> SendGathered(IFrameTransport transport, Action<int> sent, CancellationToken cancellation)
    {
        Swap();
        if (_leaving.Length == 0)
            return true;
        Volatile.Write(ref _writingSince, time.GetTimestamp());
        var isSent = await transport.Send(_leaving.Written, cancellation);
        Volatile.Write(ref _writingSince, 0);
        sent(_leaving.Length);
        _leaving.Release();
        Volatile.Write(ref _isFrameLeaving, false);
        return isSent;
    }

    private void Swap()
    {
        lock (_gate)
        {
            (_waiting, _leaving) = (_leaving, _waiting);
            (_isFrameLeaving, _isFrameWaiting, _waitingReliableBytes) = (_isFrameWaiting, false, 0);
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _isComplete = true;
            _waiting.Release();
        }
        // What was leaving when the peer went may still be read by the transport: it is left to the collector, not given back.
    }

    private bool Reserve(int bytes)
    {
        if (_waitingReliableBytes + bytes > limitBytes)
            return false;
        _waitingReliableBytes += bytes;
        return true;
    }

    private bool Signal()
    {
        _signal.Writer.TryWrite(true);
        return true;
    }
}
