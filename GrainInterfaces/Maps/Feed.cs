using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.GrainInterfaces.Maps;

/// <summary>A gateway joins a map's feed.</summary>
/// <param name="KnownMap">The highest map fence this gateway has seen: a map with a lower one stops, it is no longer the map.</param>
/// <param name="Roster">Only the sessions connected to this gateway, empty at first.</param>
[GenerateSerializer, Immutable, Alias("mmo.FeedJoin")]
public sealed record FeedJoin(
    [property: Id(0)] GatewayId Gateway,
    [property: Id(1)] IMapFeedObserver Observer,
    [property: Id(2)] Fence KnownMap,
    [property: Id(3)] ImmutableArray<RosterEntry> Roster);

/// <summary>A player that a gateway brings back to a re-activated map. Only the pose is believed.</summary>
[GenerateSerializer, Immutable, Alias("mmo.RosterEntry")]
public sealed record RosterEntry(
    [property: Id(0)] CharacterId Character,
    [property: Id(1)] AccountId Account,
    [property: Id(2)] string Name,
    [property: Id(3)] ReadOnlyMemory<byte> Appearance,
    [property: Id(4)] Fence Owner,
    [property: Id(5)] ConnectionId Connection,
    [property: Id(6)] Pose Pose,
    [property: Id(7)] uint InputSequence,
    [property: Id(8)] ImmutableArray<ChatHeard> Heard);

/// <param name="Answer">Joined, or why not.</param>
/// <param name="Map">The map's fence.</param>
/// <param name="Entities">The entity of each roster entry, in its order; 0: not taken, close that connection.</param>
[GenerateSerializer, Immutable, Alias("mmo.FeedJoined")]
public sealed record FeedJoined(
    [property: Id(0)] FeedStatus Answer,
    [property: Id(1)] Fence Map,
    [property: Id(2)] ImmutableArray<int> Entities);

[GenerateSerializer]
public enum FeedStatus
{
    /// <summary>Joined and served.</summary>
    Joined = 0,

    /// <summary>This map does not know the gateway (it was re-activated, or the lease ran out): join again with the roster.</summary>
    NotJoined = 1,

    /// <summary>The map still claims its incarnation, or is about to move to another silo: again in a moment.</summary>
    NotReady = 2,

    /// <summary>The map is closed for good: no file, or it drains and goes nowhere.</summary>
    Closed = 3,
}

/// <summary>The latest input of one player. Positions are centimetres, as on the wire.</summary>
/// <param name="Owner">Inputs of an older owner are ignored.</param>
[GenerateSerializer, Immutable, Alias("mmo.PlayerInput")]
public readonly record struct PlayerInput(
    [property: Id(0)] int Entity,
    [property: Id(1)] uint Sequence,
    [property: Id(2)] int X,
    [property: Id(3)] int Y,
    [property: Id(4)] int Z,
    [property: Id(5)] byte Heading,
    [property: Id(6)] Fence Owner);

/// <param name="Map">The fence of the map that this is for.</param>
/// <param name="Sequence">Grows with each batch of this gateway and map; an older one is ignored.</param>
/// <param name="AcknowledgedTick">The <see cref="FeedFrame.To"/> of the newest frame in the replica.</param>
/// <param name="AcknowledgedEvent">The number of the newest event received.</param>
[GenerateSerializer, Immutable, Alias("mmo.InputBatch")]
public sealed record InputBatch(
    [property: Id(0)] GatewayId Gateway,
    [property: Id(1)] Fence Map,
    [property: Id(2)] long Sequence,
    [property: Id(3)] long AcknowledgedTick,
    [property: Id(4)] long AcknowledgedEvent,
    [property: Id(5)] ImmutableArray<PlayerInput> Inputs);

[GenerateSerializer, Immutable, Alias("mmo.PushAnswer")]
public readonly record struct PushAnswer([property: Id(0)] FeedStatus Status, [property: Id(1)] Fence Map);

/// <summary>
/// The map since the tick that a gateway acknowledged: absolute values. Gateways at the same <see cref="From"/> share
/// <see cref="State"/>; events are each gateway's own.
/// </summary>
/// <param name="Events">All events for this gateway's players that it has not acknowledged, in order.</param>
/// <param name="Withheld">Ticks with news since the frame before of which this gateway got none: it had not acknowledged enough, or the map made several steps at once.</param>
[GenerateSerializer, Immutable, Alias("mmo.FeedFrame")]
public sealed record FeedFrame(
    [property: Id(0)] Fence Map,
    [property: Id(1)] FeedState State,
    [property: Id(2)] ImmutableArray<FeedEvent> Events,
    [property: Id(3)] int Withheld = 0)
{
    public long From => State.From;

    public long To => State.To;
}

/// <param name="From">The tick this continues; 0: everything.</param>
/// <param name="To">The tick this is the state of.</param>
/// <param name="TimeMs">The server's clock at that tick, unix milliseconds.</param>
/// <param name="Identities">Of entities that are new or changed theirs since <paramref name="From"/>.</param>
/// <param name="Changed">Entities whose state changed since then.</param>
/// <param name="Left">Entities that are gone since then.</param>
[GenerateSerializer, Immutable, Alias("mmo.FeedState")]
public sealed record FeedState(
    [property: Id(0)] long From,
    [property: Id(1)] long To,
    [property: Id(2)] long TimeMs,
    [property: Id(3)] ImmutableArray<EntityIdentityChange> Identities,
    [property: Id(4)] ImmutableArray<EntityChange> Changed,
    [property: Id(5)] ImmutableArray<int> Left)
{
    /// <summary>Time has passed, nothing else happened.</summary>
    public bool IsEmpty => Identities.IsEmpty && Changed.IsEmpty && Left.IsEmpty;
}

/// <summary>The moving part of an entity: plain numbers, positions in centimetres.</summary>
/// <param name="InputSequence">The newest input that is part of it, for the player's own prediction.</param>
[GenerateSerializer, Immutable, Alias("mmo.EntityChange")]
public readonly record struct EntityChange(
    [property: Id(0)] int Entity,
    [property: Id(1)] int X,
    [property: Id(2)] int Y,
    [property: Id(3)] int Z,
    [property: Id(4)] byte Heading,
    [property: Id(5)] uint InputSequence,
    [property: Id(6)] long ChangedAt);

/// <summary>Who an entity is.</summary>
/// <param name="TypeId">The game's own.</param>
/// <param name="Properties">Opaque; a player's are its appearance unless the game changes them.</param>
[GenerateSerializer, Immutable, Alias("mmo.EntityIdentityChange")]
public sealed record EntityIdentityChange(
    [property: Id(0)] int Entity,
    [property: Id(1)] EntityType Kind,
    [property: Id(2)] int TypeId,
    [property: Id(3)] string Name,
    [property: Id(4)] ReadOnlyMemory<byte> Properties,
    [property: Id(5)] long ChangedAt);

[GenerateSerializer]
public enum EntityType { Player = 1, Npc = 2, Item = 3, Other = 4 }

/// <summary>
/// Something that must reach players, once and in order.
/// </summary>
/// <param name="Number">Of this gateway's feed, growing by one; a gateway drops what it has already.</param>
/// <param name="Recipients">Entities of players on this gateway; empty: all of them.</param>
[GenerateSerializer, Immutable, Alias("mmo.FeedEvent")]
public sealed record FeedEvent(
    [property: Id(0)] long Number,
    [property: Id(1)] ImmutableArray<int> Recipients,
    [property: Id(2)] Happening What);

/// <summary>What happened, one record per kind.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Happening")]
public abstract record Happening;

/// <summary>Somebody said something. A line with a position at or below the player's last is dropped for that player.</summary>
[GenerateSerializer, Immutable, Alias("mmo.LineHeard")]
public sealed record LineHeard([property: Id(0)] string Channel, [property: Id(1)] ChatLine Line) : Happening;

/// <summary>
/// A player who has heard nothing of a channel yet begins after this line. It is remembered like a line's position, so that one
/// who leaves before the first line still gets what is said until it is elsewhere.
/// </summary>
[GenerateSerializer, Immutable, Alias("mmo.ChatBegins")]
public sealed record ChatBegins([property: Id(0)] string Channel, [property: Id(1)] Fence Position) : Happening;

/// <summary>The history no longer holds this many lines that a player missed.</summary>
[GenerateSerializer, Immutable, Alias("mmo.LinesSkipped")]
public sealed record LinesSkipped([property: Id(0)] string Channel, [property: Id(1)] long Lines) : Happening;

/// <summary>A step was refused: the player is here.</summary>
[GenerateSerializer, Immutable, Alias("mmo.StepRefused")]
public sealed record StepRefused([property: Id(0)] uint InputSequence, [property: Id(1)] Pose Pose, [property: Id(2)] RefusalCode Code) : Happening;

/// <summary>A warp inside the map: the player is here; inputs up to this sequence are ignored.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Relocated")]
public sealed record Relocated([property: Id(0)] uint InputSequence, [property: Id(1)] Pose Pose) : Happening;

/// <summary>The character lives on another map now.</summary>
[GenerateSerializer, Immutable, Alias("mmo.MovedAway")]
public sealed record MovedAway([property: Id(0)] MapTicket Ticket) : Happening;

/// <summary>A warp was refused: the player walks on.</summary>
[GenerateSerializer, Immutable, Alias("mmo.WarpFailed")]
public sealed record WarpFailed([property: Id(0)] string ToMap, [property: Id(1)] Refusal Why) : Happening;

/// <summary>The game's own.</summary>
[GenerateSerializer, Immutable, Alias("mmo.GameSent")]
public sealed record GameSent([property: Id(0)] int Kind, [property: Id(1)] ReadOnlyMemory<byte> Payload) : Happening;

/// <summary>The character was taken off the map: close the connection with this reason.</summary>
[GenerateSerializer, Immutable, Alias("mmo.TakenAway")]
public sealed record TakenAway([property: Id(0)] CharacterId Character, [property: Id(1)] Fence Owner, [property: Id(2)] Refusal Why) : Happening;

/// <summary>What a player wants to say.</summary>
/// <param name="To">Whisper: a character's name.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapSay")]
public sealed record MapSay(
    [property: Id(0)] CharacterId Character,
    [property: Id(1)] Fence Owner,
    [property: Id(2)] ChatLineKind Kind,
    [property: Id(3)] string Text,
    [property: Id(4)] string To);
