namespace MmoOrleans.Protocol.Framing;

/// <summary>
/// Takes length-prefixed frames off a stream of bytes (protobuf's delimited form: the length as a varint, then as many bytes).
/// It keeps no state and copies nothing: the caller holds the bytes (<see cref="FrameBuffer"/> does) and offers them again
/// with what has arrived since.
/// </summary>
public static class FrameReader
{
    /// <summary>Takes one frame off the front of <paramref name="bytes"/>, which moves behind it only when the answer is <see cref="FrameStatus.Complete"/>.</summary>
    public static FrameStatus Read(ref ReadOnlySpan<byte> bytes, int limitBytes, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        var status = ReadLength(bytes, limitBytes, out var length, out var prefixBytes);
        if (status != FrameStatus.Complete) return status;
        if (bytes.Length - prefixBytes < length) return FrameStatus.Incomplete;

        frame = bytes.Slice(prefixBytes, length);
        bytes = bytes[(prefixBytes + length)..];
        return FrameStatus.Complete;
    }

    /// <summary>
    /// Reads the prefix alone. A prefix may be written longer than needed (protobuf allows leading zero groups), but never
    /// longer than five bytes: no peer can make the reader wait for ever or count past 35 bits.
    /// </summary>
    public static FrameStatus ReadLength(ReadOnlySpan<byte> bytes, int limitBytes, out int length, out int prefixBytes)
    {
        length = 0;
        ulong value = 0;
        for (prefixBytes = 0; prefixBytes < bytes.Length && prefixBytes < FrameLimits.PrefixBytes;)
        {
            var group = bytes[prefixBytes];
            value |= (ulong)(group & 0x7F) << (7 * prefixBytes++);
            if ((group & 0x80) != 0) continue;
            if (value > (ulong)limitBytes) return FrameStatus.TooLong;
            length = (int)value;
            return FrameStatus.Complete;
        }

        return prefixBytes == FrameLimits.PrefixBytes ? FrameStatus.MalformedLength : FrameStatus.Incomplete;
    }
}
