using CsCheck;
using Google.Protobuf;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests.Framing;

/// <summary>The short way of reading a move, held against the generated parser.</summary>
public class ReadingMoves
{
    private static readonly Gen<Move> Moves =
        Gen.Select(Gen.UInt, Gen.Int, Gen.Int, Gen.Int, Gen.UInt, (sequence, x, y, z, heading) =>
            new Move { InputSequence = sequence, XCm = x, YCm = y, ZCm = z, Heading = heading });

    [Fact]
    public void Every_move_is_read_as_the_parser_reads_it() => Moves.Sample(move =>
    {
        Assert.True(MoveReader.TryRead(new ClientMessage { Move = move }.ToByteArray(), out var read));
        Assert.Equal(MoveInput.Of(move), read);
    });

    [Fact]
    public void Whatever_it_reads_the_parser_reads_alike() => Gen.Byte.Array[0, 36].Sample(tail =>
    {
        byte[] bytes = [(ClientMessage.MoveFieldNumber << 3) | 2, (byte)tail.Length, .. tail];
        if (!MoveReader.TryRead(bytes, out var read))
            return;
        Assert.Equal(ParseStatus.Parsed, ClientMessages.TryParse(bytes, out var message));
        Assert.Equal(MoveInput.Of(message.Move), read);
    });

    [Fact]
    public void Anything_else_is_left_to_the_parser()
    {
        var withId = new ClientMessage { RequestId = 1, Move = new Move { XCm = 1 } }.ToByteArray();
        var other = new ClientMessage { Ping = new Ping { Value = 1 } }.ToByteArray();

        Assert.False(MoveReader.TryRead(withId, out _));
        Assert.False(MoveReader.TryRead(other, out _));
        Assert.False(MoveReader.TryRead([], out _));
    }
}
