using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.GrainInterfaces.Maps;

/// <summary>
/// One running map, a Map Server. It is a leaf: every method completes in its turn without awaiting another grain, or is
/// marked to interleave, finishes its changes before its first await and touches the map no more after it.
/// Key: <see cref="MapId.Key"/>.
/// </summary>
[Alias("mmo.IMapGrain")]
public interface IMapGrain : IMapEntrance, IMapFeed, IMapChat, IMapGame
{
    /// <summary>
    /// For the spawner: activates the map and tells how far it is. Refused: MAP_NOT_FOUND with the reason (no such file, broken
    /// file).
    /// </summary>
    [Alias("Start")]
    Task<Answer<MapReadiness>> Start();

    /// <summary>
    /// For the spawner: as <see cref="Start"/>, but answers when the map is registered with Central, or how far it was when the time is over or it
    /// stops. What it waits for is a step of this map, and no other grain.
    /// </summary>
    [Alias("BringUp"), AlwaysInterleave]
    Task<Answer<MapReadiness>> BringUp(TimeSpan within);

    /// <summary>
    /// Before the silo stops or the map moves: refuses entries, freezes, saves everybody and answers when all is stored or the time is over.
    /// Null: the map does not run (there), or somebody else moves it; a silo that stops takes it over from them.
    /// </summary>
    /// <param name="within">How long it may take.</param>
    /// <param name="why">What comes after it.</param>
    /// <param name="on">The silo that stops: the map may have gone from it already. Null: wherever it is.</param>
    [Alias("Drain"), AlwaysInterleave]
    Task<MapDrained?> Drain(TimeSpan within, DrainReason why, SiloAddress? on = null);

    /// <summary>
    /// The map goes on on that silo, if placement follows. False, and nothing happens: it is there, not all of it is stored, or somebody else has
    /// drained it since.
    /// </summary>
    [Alias("MoveTo")]
    Task<bool> MoveTo(Guid drain, SiloAddress silo);

    /// <summary>The map stays after all: everybody goes on where they stand. Ignored when somebody else has drained it since.</summary>
    [Alias("Resume")]
    Task Resume(Guid drain);

    /// <summary>
    /// For the spawner, when nobody wants the map any more: stops it unless somebody is on it, comes to it or is still to be saved.
    /// True when it does not run from here on. Nobody is ever sent away; who selects it later starts it again.
    /// </summary>
    [Alias("Retire")]
    Task<bool> Retire();

    /// <summary>Size, users, learned maps, chat connection, tick. For the dashboard. Registers nothing.</summary>
    [Alias("GetState")]
    Task<MapState> GetState();
}

/// <summary>Why a map is drained.</summary>
[GenerateSerializer]
public enum DrainReason
{
    /// <summary>An operator moves it. Who wants in meanwhile is told MAP_SERVER_NOT_READY, gateways NotReady.</summary>
    Move = 0,

    /// <summary>Its silo stops and another takes it: the same for those who want in.</summary>
    StopAndMove = 1,

    /// <summary>Its silo stops, and there is no other: who wants in is told that it closes.</summary>
    Stop = 2,
}

/// <summary>How far a map came that was drained.</summary>
/// <param name="Id">By which <see cref="IMapGrain.MoveTo"/> and <see cref="IMapGrain.Resume"/> know the drain.</param>
/// <param name="Unsaved">Characters whose grains have not stored them.</param>
/// <param name="IsStored">Everybody and the map itself.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapDrained")]
public sealed record MapDrained(
    [property: Id(0)] Guid Id,
    [property: Id(1)] int Unsaved,
    [property: Id(2)] bool IsStored);

/// <summary>The way onto and off a map, for character grains (seats, evictions) and gateways (entries).</summary>
[Alias("mmo.IMapEntrance")]
public interface IMapEntrance : IGrainWithStringKey
{
    /// <summary>
    /// Holds a seat for a character that is about to come; starts the map when it is not running. Refused: MAP_NOT_FOUND,
    /// MAP_IS_FULL, MAP_SERVER_NOT_READY (with a time), SERVER_CLOSE, SERVER_BUSY.
    /// </summary>
    [Alias("Reserve")]
    Task<Answer<MapAddress>> Reserve(CharacterId character, TimeSpan lease);

    /// <summary>
    /// Puts an admitted character on the map, not yet visible. A character that is here under a lower owner keeps its place and
    /// changes hands. Refused: MAP_SERVER_NOT_READY (with a time: the map still reads its checkpoint), MAP_IS_FULL,
    /// TICKET_EXPIRED (a higher owner is here), APP_NOT_READY (the gateway has not joined the feed), SERVER_CLOSE.
    /// </summary>
    [Alias("Enter")]
    Task<Answer<MapWelcome>> Enter(MapEntry entry);

    /// <summary>The client is ready: the character becomes visible. Refused: CHARACTER_NOT_FOUND. Answers the tick.</summary>
    [Alias("Ready")]
    Task<Answer<long>> Ready(CharacterId character, Fence owner);

    /// <summary>The player left on purpose (saved and gone at once) or was lost (stays for the grace time). An older owner is ignored.</summary>
    [Alias("Leave")]
    Task Leave(CharacterId character, Fence owner, LeaveKind kind);

    /// <summary>
    /// Takes the character off the map if its owner is below the given one, tells its client why, and returns its last image; also
    /// that of one who has left and is not saved yet. Null: nothing known of it.
    /// </summary>
    [Alias("Evict")]
    Task<CharacterImageOnMap?> Evict(CharacterId character, Fence below, Refusal why);
}

/// <summary>What a gateway feeds into a map and gets out of it.</summary>
[Alias("mmo.IMapFeed")]
public interface IMapFeed : IGrainWithStringKey
{
    /// <summary>
    /// Joins, or joins again after a fail-over: from here on the observer gets frames, the first from tick 0. The roster are the
    /// players connected to this gateway, with what the gateway knows of them.
    /// </summary>
    [Alias("Join")]
    Task<FeedJoined> Join(FeedJoin join);

    /// <summary>
    /// The latest inputs of this gateway's players and what it has received. One in flight per map and gateway; at least once a
    /// second even if empty: that is the lease, 3 s of silence drop the gateway and start its players' grace.
    /// </summary>
    [Alias("Push")]
    Task<PushAnswer> Push(InputBatch batch);

    /// <summary>The gateway has no players here any more.</summary>
    [Alias("Part")]
    Task Part(GatewayId gateway);
}

/// <summary>A gateway's replica of one map. One object per gateway and map, kept alive by the gateway.</summary>
[Alias("mmo.IMapFeedObserver")]
public interface IMapFeedObserver : IGrainObserver
{
    /// <summary>Updates the replica and returns. A lost frame is healed by the next, which starts at the acknowledged tick.</summary>
    [OneWay, Alias("OnFrame")]
    Task OnFrame(FeedFrame frame);
}

/// <summary>Talking on a map, for gateways (Say) and other maps and characters (Hear, Mute).</summary>
[Alias("mmo.IMapChat")]
public interface IMapChat : IGrainWithStringKey
{
    /// <summary>
    /// Local stays here, global goes to the channel, a whisper to the map of its receiver. Granted when those who can hear it will.
    /// Refused: CHAT_EMPTY, CHAT_TOO_LONG, CHAT_MUTED, CHAT_ENTER_TOO_FAST, CHARACTER_NOT_ONLINE, CHAT_NOT_AVAILABLE;
    /// with a time ALREADY_WARPING (it has gone from here), APP_NOT_READY (it is not here yet) and, while the map moves and not on the global channel, MAP_SERVER_NOT_READY; CHARACTER_NOT_FOUND (an older owner).
    /// </summary>
    [Alias("Say"), AlwaysInterleave]
    Task<Answer<Done>> Say(MapSay say);

    /// <summary>A whisper for a character that should be here; false when it is not.</summary>
    [Alias("Hear")]
    Task<bool> Hear(CharacterId to, ChatLine line);

    /// <summary>The character may not talk until then.</summary>
    [Alias("Mute")]
    Task Mute(CharacterId character, DateTimeOffset until);
}

/// <summary>The game's own messages, for gateways.</summary>
[Alias("mmo.IMapGame")]
public interface IMapGame : IGrainWithStringKey
{
    /// <summary>Hands a message to the map's systems. Refused: CHARACTER_NOT_FOUND, GAME_MESSAGE_REFUSED, SERVER_BUSY; while it drains MAP_SERVER_NOT_READY (with a time) or SERVER_CLOSE.</summary>
    [Alias("Send")]
    Task<Answer<Done>> Send(CharacterId character, Fence owner, int kind, ReadOnlyMemory<byte> payload);
}
