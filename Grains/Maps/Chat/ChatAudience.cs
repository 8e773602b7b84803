using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Players;

namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>
/// The global channel as the players of one map hear it. Who comes with a position behind the map's hears what it missed
/// first, alone, and only then what is new: its gateway drops a line at or below the last one, so a new line sent too early
/// would cost the missed ones.
/// </summary>
internal sealed class ChatAudience(Scene scene)
{
    /// <summary>The channel that every map follows.</summary>
    public const string Channel = ChatChannels.Global;

    /// <summary>Missed lines are sent while every gateway has this much room, so that many who come back at once overflow none.</summary>
    private const int RoomForHistory = 512;

    // Of thousands on a map mostly nobody: then no step and no line need look at all of them.
    private bool _mayMissLines;
    private bool _mayBeNew;

    public ChatFollower Follower { get; } = new();

    /// <summary>The oldest position of somebody who misses lines; null when nobody does, or a gateway has to read first.</summary>
    public Fence? CatchUpFrom
    {
        get
        {
            if (!_mayMissLines || Follower.Position is null || scene.Feeds.All.Any(feed => feed.Events.Room < RoomForHistory))
                return null;
            var oldest = scene.Players.All.Min(player => player.HeardUpTo);
            _mayMissLines = oldest is not null;
            return oldest;
        }
    }

    /// <summary>A player comes with what it has heard; nothing: it begins with the next line, and is told where that is.</summary>
    public void Entered(Player player, ImmutableArray<ChatHeard> heard)
    {
        var position = PositionIn(heard);
        var isBehind = position is not null && (Follower.Position is not { } head || position < head);
        (player.HeardUpTo, player.IsNewToChat) = (isBehind ? position : null, position is null);
        _mayMissLines |= isBehind;
        if (Follower.Position is { } begin)
            TellBegin([player], begin);
        else
            _mayBeNew |= player.IsNewToChat;
    }

    public void HeadIs(Fence head)
    {
        Follower.HeadIs(head);
        Begin();
    }

    public void Said(Fence line)
    {
        Follower.Said(line);
        Begin();
    }

    public void Published(ChatPublished published) => Deliver(Follower.Published(published), 0);

    public void Repaired(ChatHistory history) => Deliver(Follower.Answered(history), history.Skipped);

    /// <summary>The history since <see cref="CatchUpFrom"/>, for those who have missed some of it.</summary>
    public void CaughtUp(Fence asked, ChatHistory history)
    {
        var behind = scene.Players.All.Where(player => player.HeardUpTo >= asked).ToList();
        foreach (var player in behind)
            if (Skipped(player.HeardUpTo!.Value, asked, history) is > 0 and var skipped)
                scene.Feeds.Tell(player, new LinesSkipped(Channel, skipped));
        foreach (var line in history.Lines)
            scene.Feeds.Tell(behind.Where(player => player.HeardUpTo < line.Position), new LineHeard(Channel, line));
        foreach (var player in behind)
        {
            var heard = player.HeardUpTo > history.Head ? player.HeardUpTo : history.Head;
            player.HeardUpTo = heard < Follower.Position ? heard : null;
        }
    }

    /// <summary>The answer counts from the oldest position asked for; who has heard more has missed less.</summary>
    private static long Skipped(Fence heard, Fence asked, ChatHistory history)
    {
        if (history.Skipped == 0 || heard == asked || history.Lines is not [var first, ..])
            return history.Skipped;
        return heard.Incarnation == first.Position.Incarnation
            ? Math.Clamp(first.Position.Counter - heard.Counter - 1, 0, history.Skipped)
            : history.Skipped;
    }

    private static Fence? PositionIn(ImmutableArray<ChatHeard> heard)
    {
        foreach (var at in heard.IsDefault ? [] : heard)
            if (at.Channel == Channel)
                return at.Position;
        return null;
    }

    private void Begin()
    {
        if (_mayBeNew)
            TellBegin(scene.Players.All, Follower.Position!.Value);
        _mayBeNew = false;
        if (!_mayMissLines)
            return;
        foreach (var player in scene.Players.All.Where(player => player.HeardUpTo >= Follower.Position))
            player.HeardUpTo = null;
    }

    private void TellBegin(IEnumerable<Player> players, Fence position)
    {
        foreach (var player in players.Where(player => player.IsNewToChat))
        {
            player.IsNewToChat = false;
            scene.Feeds.Tell(player, new ChatBegins(Channel, position));
        }
    }

    private void Deliver(ImmutableArray<ChatLine> lines, long skipped)
    {
        if (skipped > 0)
            ToThoseUpToDate(new LinesSkipped(Channel, skipped));
        foreach (var line in lines)
            ToThoseUpToDate(new LineHeard(Channel, line));
    }

    private void ToThoseUpToDate(Happening what)
    {
        if (_mayMissLines && scene.Players.All.Any(player => player.HeardUpTo is not null))
            scene.Feeds.Tell(scene.Players.All.Where(player => player.HeardUpTo is null), what);
        else
            scene.Feeds.TellAll(what);
    }
}
