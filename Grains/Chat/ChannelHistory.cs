using System.Collections.Immutable;
using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Grains.Chat;

/// <summary>
/// A channel's lines in their order. Positions are handed out first and the lines added when they may be seen; a position whose
/// line was given up in between is never used again, so there may be holes, and only <c>Previous</c> tells whether something is
/// missing. Keeps the last lines up to both bounds; what is older is counted as skipped. The last of these again, up to lower bounds, are the tail that is stored.
/// </summary>
internal sealed class ChannelHistory
{
    /// <summary>About what a line takes in a record beside its texts.</summary>
    internal const int BytesPerLine = 192;

    /// <summary>Lines in one answer: half of what a map wants a gateway to have room for before it asks.</summary>
    internal const int MostAnswered = 256;

    private readonly ChatOptions _options;
    private readonly Queue<ChatLine> _kept;
    private long _keptBytes;
    private long _tailBytes;
    private Fence _last;
    private Fence _lost;

    internal ChannelHistory(ChatChannelRecord stored, ChatOptions options)
    {
        (_options, _kept) = (options, new Queue<ChatLine>(stored.Lines));
        (Head, Tail, _last) = (stored.Head, stored.Lines, stored.Head);
        _lost = Tail.IsEmpty ? Head : Before(Tail[0].Position);
        _keptBytes = _tailBytes = Tail.Sum(SizeOf);
    }

    /// <summary>The position of the last line that may be seen.</summary>
    internal Fence Head { get; private set; }

    /// <summary>The lines that are stored.</summary>
    internal ImmutableArray<ChatLine> Tail { get; private set; }

    /// <summary>How many lines are kept.</summary>
    internal int Kept => _kept.Count;

    /// <summary>From here on positions are of this incarnation; their numbers go on.</summary>
    internal void Claim(long incarnation) => _last = new Fence(incarnation, _last.Counter);

    /// <summary>Gives each line its position. Nobody sees it yet.</summary>
    internal ImmutableArray<ChatLine> Place(IEnumerable<NewChatLine> lines, DateTimeOffset now) =>
        [.. lines.Select(line => new ChatLine(_last = _last.Next(), line.Kind, line.Sender, line.SenderName, line.Text, now))];

    /// <summary>The tail as it will be with these lines.</summary>
    internal ImmutableArray<ChatLine> TailWith(ImmutableArray<ChatLine> placed) => With(placed).Tail;

    /// <summary>From here on these lines are seen. Answers the position of the line before them.</summary>
    internal Fence Add(ImmutableArray<ChatLine> placed)
    {
        var previous = Head;
        if (placed.IsEmpty) return previous;
        (Tail, _tailBytes) = With(placed);
        Keep(placed);
        Head = placed[^1].Position;
        return previous;
    }

    /// <summary>What followed a position, as far as it is kept. Who has heard nothing yet has missed nothing.</summary>
    internal ChatHistory Since(Fence position)
    {
        var skipped = position == Fence.None || position >= _lost ? 0 : Math.Max(1, _lost.Counter - position.Counter);
        ImmutableArray<ChatLine> lines = [.. _kept.Where(line => line.Position > position).Take(MostAnswered)];
        return new ChatHistory(lines.Length < MostAnswered ? Head : lines[^1].Position, lines, skipped);
    }

    private void Keep(ImmutableArray<ChatLine> placed)
    {
        foreach (var line in placed)
        {
            _kept.Enqueue(line);
            _keptBytes += SizeOf(line);
        }
        while (_kept.Count > _options.MaxKeptLines || _keptBytes > _options.MaxKeptBytes)
        {
            var oldest = _kept.Dequeue();
            (_keptBytes, _lost) = (_keptBytes - SizeOf(oldest), oldest.Position);
        }
    }

    /// <summary>Sizes are added up as lines come and go: a full tail is not counted anew for every batch.</summary>
    private (ImmutableArray<ChatLine> Tail, long Bytes) With(ImmutableArray<ChatLine> placed)
    {
        var all = Tail.AddRange(placed);
        var (bytes, dropped) = (_tailBytes + placed.Sum(SizeOf), 0);
        for (; all.Length - dropped > _options.MaxStoredLines || bytes > _options.MaxStoredBytes; dropped++)
            bytes -= SizeOf(all[dropped]);
        return (dropped == 0 ? all : all[dropped..], bytes);
    }

    private static Fence Before(Fence position) => position with { Counter = position.Counter - 1 };

    private static long SizeOf(ChatLine line) =>
        BytesPerLine + Encoding.UTF8.GetByteCount(line.Text) + Encoding.UTF8.GetByteCount(line.SenderName);
}
