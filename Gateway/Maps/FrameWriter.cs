using MmoOrleans.Protocol;
using Framing = MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Builds one <c>ServerMessage { frame }</c> behind its length out of ready-made slices, in one buffer that is used for every
/// viewer of a feed. The lengths come first but are known last: the body starts behind room for them, and they are written
/// backwards in front of it.
/// </summary>
internal sealed class FrameWriter
{
    private const byte FrameTag = (ServerMessage.FrameFieldNumber << 3) | 2;
    private const byte TickTag = MapFrame.TickFieldNumber << 3;
    private const byte TimeTag = MapFrame.ServerTimeMsFieldNumber << 3;
    private const byte AcknowledgedTag = MapFrame.AcknowledgedInputFieldNumber << 3;
    private const byte LeftTag = (MapFrame.LeftFieldNumber << 3) | 2;
    private const int LongestNumber = 10;
    private const int Room = 1 + (2 * Framing.FrameLimits.PrefixBytes);

    private readonly List<int> _left = [];
    private byte[] _bytes = new byte[4096];
    private int _end;

    /// <summary>Whether anything but the header was written.</summary>
    public bool IsEmpty { get; private set; }

    public int Length => _end - Room;

    /// <summary>How many entities the frame tells of.</summary>
    public int Entities { get; private set; }

    public void Begin(long tick, long timeMs, uint acknowledgedInput)
    {
        _left.Clear();
        (_end, Entities) = (Room, 0);
        AppendNumber(TickTag, (ulong)tick);
        AppendNumber(TimeTag, (ulong)timeMs);
        AppendNumber(AcknowledgedTag, acknowledgedInput);
        IsEmpty = true;
    }

    /// <summary>One more entity, whose slices follow.</summary>
    public void BeginEntity() => Entities++;

    public void Append(ReadOnlySpan<byte> slice)
    {
        Reserve(slice.Length);
        slice.CopyTo(_bytes.AsSpan(_end));
        _end += slice.Length;
        IsEmpty = false;
    }

    public void AppendTagAndLength(byte tag, int length)
    {
        Reserve(1 + Framing.FrameLimits.PrefixBytes);
        _bytes[_end++] = tag;
        _end += Framing.FrameWriter.WriteLength(_bytes.AsSpan(_end), length);
    }

    public void AppendLeft(int entity)
    {
        _left.Add(entity);
        IsEmpty = false;
    }

    /// <summary>The whole message behind its length; valid until <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        WriteLeft();
        var bodyLength = _end - Room;
        var prefix = Framing.FrameWriter.LengthBytes(bodyLength);
        var messageLength = 1 + prefix + bodyLength;
        var start = Room - prefix - 1 - Framing.FrameWriter.LengthBytes(messageLength);
        var afterLength = start + Framing.FrameWriter.WriteLength(_bytes.AsSpan(start), messageLength);
        _bytes[afterLength] = FrameTag;
        Framing.FrameWriter.WriteLength(_bytes.AsSpan(afterLength + 1), bodyLength);
        return _bytes.AsSpan(start, _end - start);
    }

    private void WriteLeft()
    {
        if (_left.Count == 0)
            return;
        var length = 0;
        foreach (var entity in _left)
            length += Framing.FrameWriter.LengthBytes(entity);
        AppendTagAndLength(LeftTag, length);
        Reserve(length);
        foreach (var entity in _left)
            _end += Framing.FrameWriter.WriteLength(_bytes.AsSpan(_end), entity);
    }

    private void AppendNumber(byte tag, ulong value)
    {
        if (value == 0)
            return;
        Reserve(1 + LongestNumber);
        _bytes[_end++] = tag;
        for (; value >= 0x80; value >>= 7)
            _bytes[_end++] = (byte)(value | 0x80);
        _bytes[_end++] = (byte)value;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _end < more)
            Array.Resize(ref _bytes, Math.Max(_end + more, _bytes.Length * 2));
    }
}
