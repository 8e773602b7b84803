using System.Collections.Immutable;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// One player's stay on one map over this gateway: who it is (from the admission, never from a packet), which entity it is, what
/// it has in view and what it has heard. Changed by its feed only.
/// </summary>
internal sealed class Visit
{
    private HeardChannels _heard;
    private long _events;
    private int _listensUnder;
    private long _listensAfter;

    public Visit(MapFeed feed, IMapGrain map, IClientLink client, Admission admission, MapWelcome welcome, ImmutableArray<ChatHeard> heard)
    {
        (Feed, Map, Client, Visitor) = (feed, map, client, Visitor.Of(admission));
        (Entity, Pose) = (welcome.Entity, welcome.Pose);
        _heard = new HeardChannels([.. heard.DistinctBy(position => position.Channel)]);
    }

    public MapFeed Feed { get; }

    public IMapGrain Map { get; }

    public IClientLink Client { get; }

    public Visitor Visitor { get; }

    public CharacterId Character => Visitor.Character;

    /// <summary>The owner fence of this stay: what a later owner has replaced is refused everywhere.</summary>
    public Fence Owner => Visitor.Owner;

    /// <summary>Its place in the feed's list.</summary>
    public int Index { get; set; }

    /// <summary>The player's entity. Another one after the map moved to another silo.</summary>
    public int Entity { get; set; }

    /// <summary>Where the map last had the player, as far as this gateway knows: kept for joining again.</summary>
    public Pose Pose { get; set; }

    /// <summary>The newest input that was part of that.</summary>
    public uint InputSequence { get; set; }

    /// <summary>The client is ready: it gets frames.</summary>
    public bool IsShown { get; set; }

    /// <summary>The client may not know all that it should see: it was skipped, is new, or got a part only.</summary>
    public bool IsBehind { get; set; }

    public Viewer Viewer { get; } = new();

    /// <summary>Guarded by the feed's <see cref="InputCollector"/>.</summary>
    public PlayerInput LatestMove { get; set; }

    /// <summary>Guarded by the feed's <see cref="InputCollector"/>.</summary>
    public bool IsMoveWaiting { get; set; }

    /// <summary>
    /// The map knows what this client has heard: the chat of this joining of the feed is for it, from behind this event on. Before that,
    /// what everybody else is told would be taken for heard, and what the map is about to send as missed would be dropped.
    /// </summary>
    public void ListenFrom(int joining, long afterEvent) => (_listensUnder, _listensAfter) = (joining, afterEvent);

    public bool Listens(int joining, long number) => joining == _listensUnder && number > _listensAfter;

    /// <summary>Where a client without a position begins; false when it has one.</summary>
    public bool BeginAt(string channel, Fence position) => _heard.BeginAt(channel, position);

    /// <summary>False when the client has that line already; else it is noted as heard.</summary>
    public bool Hear(string channel, Fence position) => _heard.Hear(channel, position);

    /// <summary>The number of the next event of this visit.</summary>
    public long NextEvent() => ++_events;

    public RosterEntry ToRosterEntry() => new(
        Character,
        Visitor.Account,
        Visitor.Name,
        Visitor.Appearance,
        Owner,
        Client.Id,
        Pose,
        InputSequence,
        _heard.All);
}
