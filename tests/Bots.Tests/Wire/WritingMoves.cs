using Google.Protobuf;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Tests.Wire;

public sealed class WritingMoves
{
    [Theory]
    [InlineData(1u, 0, 0, 0, 0u)]
    [InlineData(4u, -123, 9, 70000, 200u)]
    [InlineData(uint.MaxValue, int.MinValue, int.MaxValue, int.MinValue, 255u)]
    public void A_move_is_written_as_the_protocol_says(uint input, int x, int y, int z, uint heading)
    {
        var bytes = new byte[MoveWriter.LongestBytes];
        var length = MoveWriter.Write(bytes, new SentMove(input, x, z), y, heading);

        var expected = new ClientMessage { Move = new Move { InputSequence = input, XCm = x, YCm = y, ZCm = z, Heading = heading } };
        Assert.Equal(expected.ToByteArray(), bytes[..length]);
    }
}
