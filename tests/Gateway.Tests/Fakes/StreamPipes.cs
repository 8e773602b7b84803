using System.IO.Pipelines;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A client's end of a socket. It is read when the client wants a message, and not before.</summary>
public sealed class StreamPipes(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream);

    public PipeWriter Output { get; } = PipeWriter.Create(stream);
}
