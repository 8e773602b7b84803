namespace MmoOrleans.Protocol.Framing;

/// <summary>A <see cref="Move"/> as a plain value: the message that a server reads most must not cost an object.</summary>
/// <param name="Heading">1/256 turns; of what a client sends the lowest eight bits count.</param>
public readonly record struct MoveInput(uint Sequence, int XCm, int YCm, int ZCm, byte Heading)
{
    /// <summary>The same move from a message that was parsed whole.</summary>
    public static MoveInput Of(Move move) => new(move.InputSequence, move.XCm, move.YCm, move.ZCm, (byte)move.Heading);
}
