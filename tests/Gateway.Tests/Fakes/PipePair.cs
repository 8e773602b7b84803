using System.IO.Pipelines;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A connection in memory: what one end writes the other reads. The way down holds little, as a socket's buffer does.</summary>
public sealed class PipePair
{
    private readonly Pipe _up = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
    private readonly Pipe _down = new(new PipeOptions(pauseWriterThreshold: 1 << 16, resumeWriterThreshold: 1 << 15, useSynchronizationContext: false));

    public IDuplexPipe Server => new End(_up.Reader, _down.Writer);

    public IDuplexPipe Client => new End(_down.Reader, _up.Writer);

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
