using System.Buffers;
using Google.Protobuf;

namespace MmoOrleans.Protocol.Framing;

/// <summary>Writes messages as length-prefixed frames, straight into the caller's buffer.</summary>
public static class FrameWriter
{
    /// <summary>Appends the length of <paramref name="message"/> and the message.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        WriteLength(output, message.CalculateSize());
        message.WriteTo(output);
    }

    /// <summary>Appends a length prefix alone, for a message whose bytes are already encoded.</summary>
    public static void WriteLength(IBufferWriter<byte> output, int length)
    {
        var prefix = output.GetSpan(FrameLimits.PrefixBytes);
        output.Advance(WriteLength(prefix, length));
    }

    /// <summary>Writes a length prefix at the start of <paramref name="destination"/> and answers how many bytes it took.</summary>
    public static int WriteLength(Span<byte> destination, int length)
    {
        var written = 0;
        var value = (uint)length;
        for (; value >= 0x80; value >>= 7) destination[written++] = (byte)(value | 0x80);
        destination[written++] = (byte)value;
        return written;
    }

    /// <summary>How many bytes the prefix of a message of this length takes: 1 to 5.</summary>
    public static int LengthBytes(int length)
    {
        var bytes = 1;
        for (var value = (uint)length; value >= 0x80; value >>= 7) bytes++;
        return bytes;
    }
}
