using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Protocol.Tests.Framing;

/// <summary>Bytes cut to pieces, and the frames that a reader finds in them.</summary>
internal static class Streams
{
    /// <summary>All frames at the front of the bytes and the status that ended the reading.</summary>
    public static (List<byte[]> Frames, FrameStatus End) ReadAll(ReadOnlySpan<byte> bytes, int limit)
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var status = FrameReader.Read(ref bytes, limit, out ReadOnlySpan<byte> frame);
            if (status != FrameStatus.Complete) return (frames, status);
            frames.Add(frame.ToArray());
        }
    }

    /// <summary>The same through a buffer that is fed piece by piece.</summary>
    public static (List<byte[]> Frames, FrameStatus End) Feed(IEnumerable<byte[]> pieces, int limit)
    {
        var frames = new List<byte[]>();
        var buffer = new FrameBuffer(limit);
        var end = FrameStatus.Incomplete;
        foreach (var piece in pieces)
        {
            for (var fed = 0; fed < piece.Length && end == FrameStatus.Incomplete;)
            {
                fed += buffer.Append(piece.AsSpan(fed));
                end = TakeAll(buffer, frames);
            }
        }

        return (frames, end);
    }

    /// <summary>Cuts the bytes at the given places, which may repeat (an empty piece) and lie anywhere.</summary>
    public static List<byte[]> Cut(byte[] bytes, int[] places)
    {
        var pieces = new List<byte[]>();
        var from = 0;
        foreach (var to in places.Select(place => place % (bytes.Length + 1)).Order().Append(bytes.Length))
        {
            pieces.Add(bytes[from..to]);
            from = to;
        }

        return pieces;
    }

    private static FrameStatus TakeAll(FrameBuffer buffer, List<byte[]> frames)
    {
        while (true)
        {
            var status = buffer.Take(out var frame);
            if (status != FrameStatus.Complete) return status;
            frames.Add(frame.ToArray());
        }
    }
}
