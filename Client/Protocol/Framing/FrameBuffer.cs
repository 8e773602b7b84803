namespace MmoOrleans.Protocol.Framing;

/// <summary>
/// Holds what has arrived on a stream until frames are whole, for both ends of a TCP connection: receive into <see cref="Free"/>, tell
/// <see cref="Received"/> how much came, then take frames until the answer is no longer <see cref="FrameStatus.Complete"/>.
/// One buffer is used again and again; it grows up to one frame of the limit and its prefix, never further, and when all has been
/// taken it is small again.
/// </summary>
public sealed class FrameBuffer
{
    private readonly int _limitBytes;
    private readonly int _smallestBytes;
    private byte[] _bytes;
    private int _start;
    private int _end;

    /// <param name="limitBytes">The longest frame that is accepted.</param>
    /// <param name="smallestBytes">What it holds while little comes. More takes fewer reads, less costs less where there are many.</param>
    public FrameBuffer(int limitBytes, int smallestBytes = 4096)
    {
        _limitBytes = limitBytes;
        _smallestBytes = Math.Min(smallestBytes, MostBytes);
        _bytes = new byte[_smallestBytes];
    }

    private int MostBytes => _limitBytes + FrameLimits.PrefixBytes;

    /// <summary>Bytes that have arrived and were not taken yet.</summary>
    public int Waiting => _end - _start;

    /// <summary>Room to receive into, never empty while frames are taken as they become whole. Frames taken before are void after this.</summary>
    public Memory<byte> Free()
    {
        MoveToFront();
        if (_end == _bytes.Length) Grow();
        return _bytes.AsMemory(_end);
    }

    /// <summary>Says that the first <paramref name="count"/> bytes of <see cref="Free"/> were filled.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Copies bytes in; for callers that are handed them. The caller takes frames in between, see <see cref="Free"/>.</summary>
    /// <returns>How many were copied: less than all when the buffer is full of a frame that waits to be taken.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var free = Free().Span;
        var count = Math.Min(free.Length, bytes.Length);
        bytes[..count].CopyTo(free);
        Received(count);
        return count;
    }

    /// <summary>Takes the next whole frame. Its bytes stay valid until <see cref="Free"/> or <see cref="Append"/> is called.</summary>
    public FrameStatus Take(out ReadOnlyMemory<byte> frame)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_start, Waiting);
        var status = FrameReader.Read(ref rest, _limitBytes, out var taken);
        _start = _end - rest.Length;
        frame = _bytes.AsMemory(_start - taken.Length, taken.Length);
        return status;
    }

    private void MoveToFront()
    {
        if (_start == 0) return;
        var waiting = _bytes.AsSpan(_start, Waiting);
        if (waiting.IsEmpty && _bytes.Length > _smallestBytes) _bytes = new byte[_smallestBytes];
        waiting.CopyTo(_bytes);
        (_start, _end) = (0, waiting.Length);
    }

    private void Grow() => Array.Resize(ref _bytes, Math.Min(_bytes.Length * 2, MostBytes));
}
