using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.GrainInterfaces.Central;

/// <summary>
/// The directory of the world for chat, spawners and maps. Soft state: what it knows it was told, and is told again within
/// seconds after a restart. On no player's path but for <see cref="TakeSeat"/>. Never awaits who may be awaiting it.
/// Key: <c>central:main</c>.
/// </summary>
[Alias("mmo.ICentralGrain")]
public interface ICentralGrain : IGrainWithStringKey
{
    /// <summary>The chat server connects. Maps that are registered already are told at once. Repeated as a heartbeat.</summary>
    [Alias("RegisterChat")]
    Task<RegistrationAnswer> RegisterChat(ChatServerConnection chat);

    /// <summary>The map spawn server connects; it spawns only after it was accepted. Repeated as a heartbeat.</summary>
    [Alias("RegisterMapSpawn")]
    Task<RegistrationAnswer> RegisterMapSpawn(MapSpawnServerConnection spawner);

    /// <summary>
    /// A map connects. The answer carries chat and every other map; then the map is stored and the others are told. The same
    /// connection key is the same activation and brings its news. With another key the later activation stays, and the earlier is
    /// <see cref="RegistrationAnswer.Superseded"/>. Later is: the greater incarnation, when both have claimed one; else the
    /// greater activation time. So an epoch is (incarnation, activation time in Unix milliseconds), with incarnation 0 until it
    /// is claimed, and a map registers again after its claim. A map that has not claimed may be superseded by a clock that runs
    /// ahead on a silo that just died: it asks again, that one is forgotten within 5 s. Chat and spawners are compared alike.
    /// </summary>
    [Alias("RegisterMap")]
    Task<MapRegistered> RegisterMap(MapServerConnection map, int users);

    /// <summary>
    /// A silo's directory reports its maps and user counts, once a second and at each change, and learns what changed since the
    /// version it knows. A silo that is silent for 5 s loses its maps.
    /// </summary>
    [Alias("Report")]
    Task<DirectoryChanges> Report(SiloReport report);

    /// <summary>A gateway reports itself, once a second, and learns of the others that have room; silent for 3 s it is forgotten.</summary>
    [Alias("ReportGateway")]
    Task<ImmutableArray<GatewayReport>> ReportGateway(GatewayReport report);

    /// <summary>Takes a seat on a channel for 30 s, until the entry is counted by its map. An account has one: taking again moves it. RETRY_LATER: Central is too young to know.</summary>
    [Alias("TakeSeat")]
    Task<Answer<string>> TakeSeat(string channel, AccountId account);

    /// <summary>The channels with live counts.</summary>
    [Alias("Channels")]
    Task<ImmutableArray<ChannelState>> Channels();

    /// <summary>Chat, spawners, maps with address, port, users, silo and last heartbeat. Shows no keys. For the dashboard.</summary>
    [Alias("GetState")]
    Task<CentralState> GetState();
}

/// <summary>A silo's directory, as Central sees it: told of newcomers and leavers at once. A lost call is healed by the next report.</summary>
[Alias("mmo.IDirectoryObserver")]
public interface IDirectoryObserver : IGrainObserver
{
    [OneWay, Alias("Changed")]
    Task Changed(DirectoryChanges changes);
}

[GenerateSerializer]
public enum RegistrationAnswer
{
    Accepted = 0,

    /// <summary>A later activation is registered: this one must stop.</summary>
    Superseded = 1,
}

/// <param name="ConnectionKey">256 random bits of this activation: maps show it when they connect to chat.</param>
[GenerateSerializer, Immutable, Alias("mmo.ChatServerConnection")]
public sealed record ChatServerConnection(
    [property: Id(0)] string Channel,
    [property: Id(1)] string Address,
    [property: Id(2)] int Port,
    [property: Id(3)] string ConnectionKey,
    [property: Id(4)] Fence Epoch,
    [property: Id(5)] string Silo);

[GenerateSerializer, Immutable, Alias("mmo.MapSpawnServerConnection")]
public sealed record MapSpawnServerConnection(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] int Port,
    [property: Id(3)] string ConnectionKey,
    [property: Id(4)] Fence Epoch,
    [property: Id(5)] string Silo,
    [property: Id(6)] int Maps);

/// <summary>A map's connection information: what Central collects and every other map learns.</summary>
/// <param name="ConnectionKey">256 random bits of this activation; fences stale activations. Clients get a ticket instead.</param>
/// <param name="Capacity">Players at most.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapServerConnection")]
public sealed record MapServerConnection(
    [property: Id(0)] MapId Map,
    [property: Id(1)] MapAddress Address,
    [property: Id(2)] string ConnectionKey,
    [property: Id(3)] int Capacity,
    [property: Id(4)] Fence Epoch,
    [property: Id(5)] string Silo);

[GenerateSerializer, Immutable, Alias("mmo.MapRegistered")]
public sealed record MapRegistered(
    [property: Id(0)] RegistrationAnswer Answer,
    [property: Id(1)] ChatServerConnection? Chat,
    [property: Id(2)] ImmutableArray<MapServerConnection> OtherMaps);

/// <param name="KnownVersion">Of the directory copy on that silo; 0 or one of an earlier Central: everything is sent.</param>
/// <param name="KnownCentral">Which life of Central that version is of.</param>
/// <param name="IsLeaving">It stops: no map is put there any more.</param>
/// <param name="MissesPlayers">Some played on a silo that is gone: their gateways are bringing them back to maps elsewhere.</param>
[GenerateSerializer, Immutable, Alias("mmo.SiloReport")]
public sealed record SiloReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] ImmutableArray<MapHeartbeat> Maps,
    [property: Id(2)] Guid KnownCentral,
    [property: Id(3)] long KnownVersion,
    [property: Id(4)] IDirectoryObserver Observer,
    [property: Id(5)] bool IsLeaving = false,
    [property: Id(6)] bool MissesPlayers = false);

/// <summary>A live map of the reporting silo. What Central does not know yet (it restarted) it takes from here.</summary>
[GenerateSerializer, Immutable, Alias("mmo.MapHeartbeat")]
public sealed record MapHeartbeat(
    [property: Id(0)] MapServerConnection Connection,
    [property: Id(1)] int Users);

/// <summary>What changed in the directory, or all of it.</summary>
/// <param name="From">0: this is everything, replace the copy.</param>
/// <param name="Silos">All that report, also those that carry nothing.</param>
[GenerateSerializer, Immutable, Alias("mmo.DirectoryChanges")]
public sealed record DirectoryChanges(
    [property: Id(0)] Guid Central,
    [property: Id(1)] long From,
    [property: Id(2)] long To,
    [property: Id(3)] ChatServerConnection? Chat,
    [property: Id(4)] ImmutableArray<MapServerConnection> Joined,
    [property: Id(5)] ImmutableArray<MapId> Left,
    [property: Id(6)] ImmutableArray<GatewayReport> Gateways,
    [property: Id(7)] ImmutableArray<SiloLoad> Silos);

/// <summary>What a silo carries, as Central has counted it.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Maps">That run there.</param>
/// <param name="Users">On these maps.</param>
/// <param name="IsLeaving">It stops: no map is put there any more.</param>
[GenerateSerializer, Immutable, Alias("mmo.SiloLoad")]
public sealed record SiloLoad(
    [property: Id(0)] string Silo,
    [property: Id(1)] int Maps,
    [property: Id(2)] int Users,
    [property: Id(3)] bool IsLeaving);

[GenerateSerializer, Immutable, Alias("mmo.ChannelState")]
public sealed record ChannelState(
    [property: Id(0)] string Id,
    [property: Id(1)] string Title,
    [property: Id(2)] int Connections,
    [property: Id(3)] int MaxConnections);

[GenerateSerializer, Immutable, Alias("mmo.CentralState")]
public sealed record CentralState(
    [property: Id(0)] DateTimeOffset Since,
    [property: Id(1)] ChatServerState? Chat,
    [property: Id(2)] ImmutableArray<MapSpawnServerState> MapSpawns,
    [property: Id(3)] ImmutableArray<MapServerState> Maps,
    [property: Id(4)] ImmutableArray<GatewayState> Gateways,
    [property: Id(5)] ImmutableArray<ChannelState> Channels,
    [property: Id(7)] ImmutableArray<SiloLoad> Silos)
{
    /// <summary>Why nothing is known under this id; null: it is known.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unknown { get; init; }
}

[GenerateSerializer, Immutable, Alias("mmo.ChatServerState")]
public sealed record ChatServerState(
    [property: Id(0)] string Channel,
    [property: Id(1)] string Address,
    [property: Id(2)] int Port,
    [property: Id(3)] string Silo,
    [property: Id(4)] DateTimeOffset LastHeartbeat);

[GenerateSerializer, Immutable, Alias("mmo.MapSpawnServerState")]
public sealed record MapSpawnServerState(
    [property: Id(0)] string Name,
    [property: Id(1)] string Silo,
    [property: Id(2)] int Maps,
    [property: Id(3)] DateTimeOffset LastHeartbeat);

[GenerateSerializer, Immutable, Alias("mmo.MapServerState")]
public sealed record MapServerState(
    [property: Id(0)] string Map,
    [property: Id(1)] string Address,
    [property: Id(2)] int Port,
    [property: Id(3)] int Users,
    [property: Id(4)] int Capacity,
    [property: Id(5)] string Silo,
    [property: Id(6)] DateTimeOffset LastHeartbeat);

[GenerateSerializer, Immutable, Alias("mmo.GatewayState")]
public sealed record GatewayState(
    [property: Id(0)] string Gateway,
    [property: Id(1)] string Silo,
    [property: Id(2)] ImmutableArray<string> Endpoints,
    [property: Id(3)] int Connections,
    [property: Id(4)] DateTimeOffset LastHeartbeat);
