namespace MmoOrleans.Protocol.Framing;

/// <summary>
/// Reads a frame that holds a <see cref="Move"/> and nothing else, as every generated writer encodes it, without allocating. Whatever
/// looks different in any way (another command, a request id, fields it does not know, a number too long) is left to
/// <see cref="ClientMessages"/>, so that there is one judge of what is malformed; a test holds the two against each other.
/// </summary>
public static class MoveReader
{
    private const byte MoveTag = (ClientMessage.MoveFieldNumber << 3) | 2;
    private const int VarintWireType = 0;

    /// <summary>Tag and length, and five numbers of at most five bytes behind a tag.</summary>
    private const int LongestBytes = 2 + (5 * 6);

    /// <summary>False when the frame is to be parsed as any other message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out MoveInput move)
    {
        move = default;
        return frame.Length is >= 2 and <= LongestBytes && frame[0] == MoveTag && frame[1] == frame.Length - 2 && TryReadFields(frame[2..], out move);
    }

    private static bool TryReadFields(ReadOnlySpan<byte> fields, out MoveInput move)
    {
        uint sequence = 0, x = 0, y = 0, z = 0, heading = 0;
        move = default;
        while (!fields.IsEmpty)
        {
            var tag = fields[0];
            fields = fields[1..];
            if ((tag & 7) != VarintWireType || !TryReadNumber(ref fields, out var value))
                return false;
            switch (tag >> 3)
            {
                case Move.InputSequenceFieldNumber: sequence = value; break;
                case Move.XCmFieldNumber: x = value; break;
                case Move.YCmFieldNumber: y = value; break;
                case Move.ZCmFieldNumber: z = value; break;
                case Move.HeadingFieldNumber: heading = value; break;
                default: return false;
            }
        }
        move = new(sequence, UnZigZag(x), UnZigZag(y), UnZigZag(z), (byte)heading);
        return true;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        ulong read = 0;
        value = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            read |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if ((bytes[i] & 0x80) != 0)
                continue;
            value = (uint)read;
            bytes = bytes[(i + 1)..];
            return read <= uint.MaxValue;
        }
        return false;
    }

    private static int UnZigZag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);
}
