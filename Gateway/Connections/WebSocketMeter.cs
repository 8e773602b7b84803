namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// Counts the frames in the bytes that a WebSocket client sends (RFC 6455, 5.2), whatever they are: parts, empty ones, pings.
/// It reads the headers alone and passes over what they announce.
/// </summary>
internal sealed class WebSocketMeter(ConnectionLimits limits, TimeProvider time)
{
    private const int ShortestHeader = 2;
    private const int MaskBytes = 4;

    private readonly byte[] _header = new byte[10];
    private TokenBucket _frames;
    private int _headerBytes;
    private ulong _payloadLeft;

    /// <summary>Takes in what came. False: more frames than one client may send.</summary>
    public bool TakeIn(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft > 0)
                bytes = SkipPayload(bytes);
            else if (TakeHeaderByte(bytes[0]) && !TakeFrame())
                return false;
            else
                bytes = bytes[1..];
        }
        return true;
    }

    private ReadOnlySpan<byte> SkipPayload(ReadOnlySpan<byte> bytes)
    {
        var skipped = (int)Math.Min(_payloadLeft, (ulong)bytes.Length);
        _payloadLeft -= (ulong)skipped;
        return bytes[skipped..];
    }

    /// <summary>True when the byte ends the part of a header that tells the length; the mask then counts as payload.</summary>
    private bool TakeHeaderByte(byte next)
    {
        _header[_headerBytes++] = next;
        if (_headerBytes < ShortestHeader || _headerBytes < ShortestHeader + ExtendedLengthBytes)
            return false;
        _payloadLeft = Length() + ((_header[1] & 0x80) != 0 ? MaskBytes : 0UL);
        _headerBytes = 0;
        return true;
    }

    private int ExtendedLengthBytes => (_header[1] & 0x7F) switch
    {
        126 => 2,
        127 => 8,
        _ => 0,
    };

    private ulong Length()
    {
        if (ExtendedLengthBytes == 0)
            return (ulong)(_header[1] & 0x7F);
        var length = 0UL;
        foreach (var part in _header.AsSpan(ShortestHeader, ExtendedLengthBytes))
            length = (length << 8) | part;
        return Math.Min(length, ulong.MaxValue - MaskBytes);
    }

    private bool TakeFrame() => _frames.Take(new BucketSize(2 * limits.MessagesPerSecond, 2 * limits.MessageBurst), time);
}
