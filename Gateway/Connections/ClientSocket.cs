using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// The socket of a client as a stream, for one reader and one writer. The operating system takes nearly every write at once: that is one
/// call to it, and nothing has to wait. Only for what it does not take is there a wait, with the objects that .NET then keeps for the
/// socket (400 bytes). What comes is read by the <see cref="ReadingRounds"/>, into the buffer of whoever waits for it.
/// </summary>
internal sealed class ClientSocket : NetworkStream, ITcpLine, IValueTaskSource<int>
{
    /// <summary>
    /// As much as two or three moves. What is longer is more than moves, or many at once: a thread of the pool takes it in, and others
    /// need not wait for it.
    /// </summary>
    private const int MostTakenInOnTheRound = 64;

    private readonly ReadingRounds? _rounds;
    private readonly bool _takesInElsewhere;
    private readonly long _key;
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _buffer;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _cancelled;
    private bool _isWaiting;
    private bool _mayHaveMore;
    private bool _isDisposed;

    /// <param name="rounds">Null: .NET waits for what comes.</param>
    /// <param name="takesInElsewhere">
    /// Whether taking in what comes is always work, as undoing TLS is: a thread of the pool does it then, and the round goes on.
    /// </param>
    public ClientSocket(Socket socket, ReadingRounds? rounds, bool takesInElsewhere)
        : base(socket, ownsSocket: true)
    {
        socket.Blocking = false; // Else a write at once would wait instead.
        (_rounds, _takesInElsewhere) = (rounds, takesInElsewhere);
        if (rounds is not null)
            _key = rounds.Add(this, socket.Handle);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rounds is null)
            return base.ReadAsync(buffer, cancellationToken);
        if (cancellationToken != _cancellation)
            EndWhen(cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isWaiting)
                throw new InvalidOperationException("A client's socket has one reader.");
            if (_mayHaveMore && TryReceive(buffer, out var count, out var error))
                return error == SocketError.Success ? ValueTask.FromResult(count) : ValueTask.FromException<int>(NoMore(error));
            _read.Reset();
            (_buffer, _isWaiting) = (buffer, true);
        }
        if (cancellationToken.IsCancellationRequested)
            EndWait(cancellationToken);
        return new ValueTask<int>(this, _read.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var taken = Socket.Send(buffer.Span, SocketFlags.None, out var error);
        if (taken == buffer.Length)
            return ValueTask.CompletedTask;
        return error is SocketError.Success or SocketError.WouldBlock
            ? base.WriteAsync(buffer[taken..], cancellationToken)
            : ValueTask.FromException(new IOException("The client's socket does not take more.", new SocketException((int)error)));
    }

    public void EndSending() => Socket.Shutdown(SocketShutdown.Send);

    public void Drop() => Socket.LingerState = new LingerOption(true, 0);

    /// <summary>
    /// For the rounds, when there is something: reads it. A few moves are taken in at once, by whoever waits for them and goes on until
    /// it waits again; more is work for a thread of the pool, and so is the end, behind which a connection is wound up. False: nobody
    /// waited, or there was nothing.
    /// </summary>
    public bool ReadNow()
    {
        int count;
        SocketError error;
        lock (_gate)
        {
            if (!_isWaiting || !TryReceive(_buffer, out count, out error))
                return false;
            (_buffer, _isWaiting) = (default, false);
        }
        _read.RunContinuationsAsynchronously = _takesInElsewhere || count is 0 or > MostTakenInOnTheRound;
        if (error == SocketError.Success)
            _read.SetResult(count);
        else
            _read.SetException(NoMore(error));
        return true;
    }

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rounds?.Remove(_key);
            _cancelled.Unregister();
            lock (_gate)
                _isDisposed = true;
            Fail(new ObjectDisposedException(nameof(ClientSocket)));
        }
        base.Dispose(disposing);
    }

    private static IOException NoMore(SocketError error) => new("The client's socket gives no more.", new SocketException((int)error));

    /// <summary>False when there is nothing. There may be more when all of the buffer was filled, also when it was empty, as TLS asks first.</summary>
    private bool TryReceive(Memory<byte> buffer, out int count, out SocketError error)
    {
        count = Socket.Receive(buffer.Span, SocketFlags.None, out error);
        _mayHaveMore = error == SocketError.Success && count == buffer.Length;
        return error != SocketError.WouldBlock;
    }

    /// <summary>Reads follow each other with the same token: it is registered once.</summary>
    private void EndWhen(CancellationToken cancellation)
    {
        _cancelled.Unregister();
        lock (_gate)
            _cancellation = cancellation;
        _cancelled = cancellation.UnsafeRegister(static (state, token) => ((ClientSocket)state!).EndWait(token), this);
    }

    private void EndWait(CancellationToken cancelled) => Fail(new OperationCanceledException(cancelled), cancelled);

    /// <summary>Ends the wait for what comes, if somebody waits. The token of an earlier read ends nothing.</summary>
    private void Fail(Exception why, CancellationToken? cancelled = null)
    {
        lock (_gate)
        {
            if (!_isWaiting || (cancelled is { } token && token != _cancellation))
                return;
            (_buffer, _isWaiting) = (default, false);
        }
        _read.SetException(why);
    }
}
