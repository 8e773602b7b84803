using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// What waits to be sent to one client, ready encoded in one buffer, so that all that has gathered leaves in one write.
/// Nothing waits in a loop for it: whoever flushes an idle queue makes the write, on its own thread, and what gathers meanwhile
/// leaves with the next one. So a frame reaches the socket without a change of threads, and a quiet client costs nothing.
/// Answers and events queue up to a bound; of map frames one waits at most, and a client that has not taken it is skipped:
/// the next frame it gets tells all. So a client that does not read costs at most twice the bound and two frames.
/// </summary>
/// <param name="sent">Told the bytes of each write.</param>
/// <param name="cut">Ends a write to a peer that does not read.</param>
internal sealed class SendQueue(IFrameTransport transport, int limitBytes, Action<int> sent, TimeProvider time, CancellationToken cut)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PooledBuffer _waiting = new();
    private PooledBuffer _leaving = new();
    private int _waitingReliableBytes;
    private bool _isFrameWaiting;
    private bool _isFrameLeaving;
    private bool _isSending;
    private bool _isComplete;
    private long _writingSince;

    /// <summary>Whether a map frame would be taken: the one before it has left.</summary>
    public bool TakesFrame => !Volatile.Read(ref _isFrameWaiting) && !Volatile.Read(ref _isFrameLeaving);

    /// <summary>What was queued and is not known to have left. For those who look from outside: it may be a moment old.</summary>
    public int WaitingBytes => _waiting.Length + _leaving.Length;

    /// <summary>How long the write under way has waited for the peer; zero when there is none, or it ends at once.</summary>
    public TimeSpan Stalled => Volatile.Read(ref _writingSince) is > 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Ends when the queue is complete and all has left, or when the peer is gone.</summary>
    public Task Done => _done.Task;

    /// <summary>Queues a message for the next flush. False: the bound is reached and nothing was queued.</summary>
    public bool Add(ServerMessage message)
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
            return true;
        }
    }

    /// <summary>Queues messages that are encoded, each behind its length. False as above.</summary>
    public bool Add(ReadOnlySpan<byte> messages)
    {
        lock (_gate)
        {
            if (_isComplete)
                return true;
            if (!Reserve(messages.Length))
                return false;
            _waiting.Append(messages);
            return true;
        }
    }

    /// <summary>Queues a map frame, encoded behind its length. False: the one before it still waits.</summary>
    public bool AddFrame(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_isComplete || !TakesFrame)
                return false;
            _isFrameWaiting = true;
            _waiting.Append(frame);
            return true;
        }
    }

    /// <summary>Queues the very last message, beyond every bound, and ends the queue: it is <see cref="Done"/> when all has left.</summary>
    public void Complete(ServerMessage? last)
    {
        lock (_gate)
        {
            if (!_isComplete && last is not null)
                FrameWriter.Write(_waiting, last);
            _isComplete = true;
        }
        Flush();
    }

    /// <summary>Sends what has gathered, or leaves it to the write under way. Returns when the socket has it or does not take it at once.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || (_waiting.Length == 0 && !_isComplete))
                return;
            _isSending = true;
        }
        _ = SendGathered();
    }

    /// <summary>Never fails: a write that throws has a peer that is gone, or was cut. Allocates nothing while writes end at once.</summary>
    private async Task SendGathered()
    {
        var isTaken = true;
        try
        {
            while (isTaken && Swap())
                isTaken = await Send();
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            isTaken = false;
        }
        catch (Exception exception)
        {
            _done.TrySetException(exception);
            isTaken = false;
        }
        if (!isTaken)
            End();
    }

    private async ValueTask<bool> Send()
    {
        var sending = transport.Send(_leaving.Written, cut);
        if (!sending.IsCompleted)
            Volatile.Write(ref _writingSince, time.GetTimestamp());
        var isTaken = await sending;
        Volatile.Write(ref _writingSince, 0);
        sent(_leaving.Length);
        _leaving.Release();
        Volatile.Write(ref _isFrameLeaving, false);
        return isTaken;
    }

    /// <summary>Takes what has gathered for the next write. False: there is nothing, and the sending ends.</summary>
    private bool Swap()
    {
        lock (_gate)
        {
            if (_waiting.Length > 0)
            {
                (_waiting, _leaving) = (_leaving, _waiting);
                (_isFrameLeaving, _isFrameWaiting, _waitingReliableBytes) = (_isFrameWaiting, false, 0);
                return true;
            }
            _isSending = false;
            if (_isComplete)
                _done.TrySetResult();
            return false;
        }
    }

    /// <summary>Nothing more is sent. What was leaving may still be read by the transport: it is left to the collector, not given back.</summary>
    private void End()
    {
        lock (_gate)
        {
            _isComplete = true;
            _waiting.Release();
        }
        _done.TrySetResult();
    }

    private bool Reserve(int bytes)
    {
        if (_waitingReliableBytes + bytes > limitBytes)
            return false;
        _waitingReliableBytes += bytes;
        return true;
    }
}
