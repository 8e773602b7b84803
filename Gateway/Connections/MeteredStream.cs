namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// A client's stream, below its WebSocket. Each byte that comes passes the meter; beyond what the meter takes it is as if the line were
/// dead. What goes is gathered while its transport says so, and leaves in one write: a WebSocket writes message by message, and a
/// write costs as much as all the messages in it. What the WebSocket writes by itself, answers to pings and its farewell, leaves at
/// once, or with what is being gathered. Writes leave one after another.
/// </summary>
internal sealed class MeteredStream(Stream inner, WebSocketMeter meter) : Stream
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private PooledBuffer _gathered = new();
    private PooledBuffer _leaving = new();
    private bool _isGathering;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return meter.TakeIn(buffer.Span[..count]) ? count : throw new IOException("More WebSocket frames than one client may send.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>From now on writes are kept. One at a time: until <see cref="Leave"/> has returned.</summary>
    public void Gather()
    {
        lock (_gate)
            _isGathering = true;
    }

    /// <summary>Writes what was gathered, if anything.</summary>
    public async ValueTask Leave(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _isGathering = false;
            (_gathered, _leaving) = (_leaving, _gathered);
        }
        if (_leaving.Length > 0)
            await WriteAlone(_leaving.Written, cancellation);
        _leaving.Release(); // Not after a failure: the stream below may still read it.
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isGathering)
            {
                _gathered.Append(buffer.Span);
                return default;
            }
        }
        return WriteAlone(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing to do: every write that leaves is flushed.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    // Kestrel allows no blocking calls on what it serves, and neither does anything here.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _writing.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask WriteAlone(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await inner.WriteAsync(bytes, cancellation);
            await inner.FlushAsync(cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }
}
