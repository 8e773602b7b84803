using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Wire;

/// <summary>Writes a <c>ClientMessage { move }</c> in place; an absent field is 0, as everywhere in protobuf.</summary>
internal static class MoveWriter
{
    /// <summary>Two bytes in front and at most six per field.</summary>
    public const int LongestBytes = 32;

    private static readonly byte MoveTag = (byte)ProtoReader.BytesTag(ClientMessage.MoveFieldNumber);

    /// <summary>Writes the message at the start of <paramref name="bytes"/> and answers its length.</summary>
    public static int Write(Span<byte> bytes, SentMove move, int yCm, uint heading)
    {
        var end = 2;
        Append(bytes, ref end, Move.InputSequenceFieldNumber, move.Input);
        Append(bytes, ref end, Move.XCmFieldNumber, ZigZag(move.XCm));
        Append(bytes, ref end, Move.YCmFieldNumber, ZigZag(yCm));
        Append(bytes, ref end, Move.ZCmFieldNumber, ZigZag(move.ZCm));
        Append(bytes, ref end, Move.HeadingFieldNumber, heading);
        (bytes[0], bytes[1]) = (MoveTag, (byte)(end - 2));
        return end;
    }

    private static uint ZigZag(int value) => (uint)(value << 1 ^ value >> 31);

    private static void Append(Span<byte> bytes, ref int end, int field, uint value)
    {
        if (value == 0) return;
        bytes[end++] = (byte)ProtoReader.VarintTag(field);
        for (; value >= 0x80; value >>= 7) bytes[end++] = (byte)(value | 0x80);
        bytes[end++] = (byte)value;
    }
}
