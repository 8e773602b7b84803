using System.Collections.Immutable;
using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Grains.Chat;

/// <summary>
/// A channel's lines in their order. Positions are handed out first and the lines added when they may be seen; a position whose
/// line was given up in between is never used again, so there may be holes, and only <c>Previous</c> tells whether something is
/// missing. Keeps the last lines up to both bounds; what is older is counted as skipped.
/// </summary>
internal sealed class ChannelHistory
{
    /// <summary>About what a line takes in a record beside its texts.</summary>
    internal const int BytesPerLine = 192;

    private readonly int _maxLines;
    private readonly int _maxBytes;
    private Fence _last;
    private Fence _lost;
    private long _bytes;

    internal ChannelHistory(ChatChannelRecord stored, ChatOptions options)
    {
        (_maxLines, _maxBytes) = (options.MaxKeptLines, options.MaxKeptBytes);
        (Head, Lines, _last) = (stored.Head, stored.Lines, stored.Head);
        _lost = Lines.IsEmpty ? Head : Before(Lines[0].Position);
        _bytes = Lines.Sum(SizeOf);
    }

    /// <summary>The position of the last line that may be seen.</summary>
    internal Fence Head { get; private set; }

    internal ImmutableArray<ChatLine> Lines { get; private set; }

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
        (Lines, _bytes, _lost) = With(placed);
        Head = placed[^1].Position;
        return previous;
    }

    /// <summary>What followed a position, as far as it is kept. Who has heard nothing yet has missed nothing.</summary>
    internal ChatHistory Since(Fence position)
    {
        var skipped = position == Fence.None || position >= _lost ? 0 : Math.Max(1, _lost.Counter - position.Counter);
        return new ChatHistory(Head, [.. Lines.Where(line => line.Position > position)], skipped);
    }

    /// <summary>Sizes are added up as lines come and go: a full tail is not counted anew for every batch.</summary>
    private (ImmutableArray<ChatLine> Tail, long Bytes, Fence Lost) With(ImmutableArray<ChatLine> placed)
    {
        var all = Lines.AddRange(placed);
        var (bytes, lost, dropped) = (_bytes + placed.Sum(SizeOf), _lost, 0);
        for (; all.Length - dropped > _maxLines || bytes > _maxBytes; dropped++)
            (bytes, lost) = (bytes - SizeOf(all[dropped]), all[dropped].Position);
        return (dropped == 0 ? all : all[dropped..], bytes, lost);
    }

    private static Fence Before(Fence position) => position with { Counter = position.Counter - 1 };

    private static long SizeOf(ChatLine line) =>
        BytesPerLine + Encoding.UTF8.GetByteCount(line.Text) + Encoding.UTF8.GetByteCount(line.SenderName);
}
