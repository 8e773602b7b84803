using System.IO.Pipelines;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>One end of a connection in memory as the stream that a socket would be.</summary>
internal sealed class PipeStream(IDuplexPipe pipes) : Stream, ITcpLine
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The other end reads to here and no further.</summary>
    public void EndSending() => pipes.Output.Complete();

    /// <summary>Nothing is held: there is no operating system between.</summary>
    public void Drop()
    {
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await pipes.Input.ReadAsync(cancellationToken);
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, count);
        System.Buffers.BuffersExtensions.CopyTo(taken, buffer.Span);
        pipes.Input.AdvanceTo(taken.End);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if ((await pipes.Output.WriteAsync(buffer, cancellationToken)).IsCompleted)
            throw new IOException("The other end is closed.");
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        pipes.Output.Complete();
        pipes.Input.Complete();
        base.Dispose(disposing);
    }
}
