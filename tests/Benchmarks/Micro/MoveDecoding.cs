using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Benchmarks.Micro;

/// <summary>One move off the wire: as the gateway reads it, and as any other message is read.</summary>
public class MoveDecoding
{
    private readonly byte[] _bytes = new ClientMessage { Move = new Move { InputSequence = 1234, XCm = 51_200, YCm = 0, ZCm = 40_321, Heading = 64 } }.ToByteArray();

    [Benchmark]
    public MoveInput Lean() => MoveReader.TryRead(_bytes, out var move) ? move : throw new InvalidDataException("The move is not read.");

    [Benchmark(Baseline = true)]
    public MoveInput AsMessage() => MoveInput.Of(ClientMessage.Parser.ParseFrom(_bytes).Move);
}
