using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Chat;

namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>
/// Follows one chat channel, so that its lines are heard once and in order although stream events may be lost, late or doubled.
/// Each event names the line before its first. If that is not the last one heard there is a gap, and the history since the
/// last one heard repairs it. A lost last line shows no gap: the channel's head, asked for now and then, does.
/// </summary>
internal sealed class ChatFollower
{
    private static readonly ImmutableArray<ChatLine> Nothing = [];

    /// <summary>Of the last line heard; null before the channel has said where it is.</summary>
    public Fence? Position { get; private set; }

    /// <summary>Lines are known to be missing: ask for the history since <see cref="Position"/>.</summary>
    public bool HasGap { get; private set; }

    /// <summary>The channel's last line is this. The first time it is where to begin, afterwards what should have been heard.</summary>
    public void HeadIs(Fence head)
    {
        Position ??= head;
        HasGap |= head > Position;
    }

    /// <summary>
    /// Somebody here got this place in the channel, and is to hear its own line, also when it speaks before the channel has said where it is:
    /// then this begins right before the line.
    /// </summary>
    public void Said(Fence line)
    {
        Position ??= line with { Counter = line.Counter - 1 };
        HeadIs(line);
    }

    /// <summary>A stream event: the lines of it that are new, if they follow what was heard before.</summary>
    public ImmutableArray<ChatLine> Published(ChatPublished published)
    {
        if (Position is not { } position || published.Lines is not [.., var last] || last.Position <= position)
            return Nothing;
        if (published.Previous > position)
        {
            HasGap = true;
            return Nothing;
        }
        Position = last.Position;
        return [.. published.Lines.Where(line => line.Position > position)];
    }

    /// <summary>The history since a position that was asked for: the lines of it that are new.</summary>
    public ImmutableArray<ChatLine> Answered(ChatHistory history)
    {
        if (Position is not { } position)
            return Nothing;
        HasGap = history.Lines.Length >= ChannelHistory.MostAnswered; // A full piece: more may follow.
        Position = history.Head > position ? history.Head : position;
        return [.. history.Lines.Where(line => line.Position > position)];
    }

    /// <summary>Listens no more; begins anew at the head.</summary>
    public void Stop() => (Position, HasGap) = (null, false);
}
