using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.GrainInterfaces.Maps;

/// <summary>How clients reach a map: the addresses of the gateway that serves it best, one per transport.</summary>
[GenerateSerializer, Immutable, Alias("mmo.MapAddress")]
public sealed record MapAddress([property: Id(0)] ImmutableArray<ClientEndpoint> Endpoints)
{
    public static readonly MapAddress Unknown = new([]);

    /// <summary>The address as the kit's three words have it: that of the TCP endpoint, else the first.</summary>
    public string Host => Primary?.Host ?? "";

    public int Port => Primary?.Port ?? 0;

    private ClientEndpoint? Primary =>
        Endpoints.FirstOrDefault(e => e.Transport == EndpointTransport.Tcp) ?? Endpoints.FirstOrDefault();
}

/// <param name="Heard">The client's last line per chat channel; what follows is sent to it.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapEntry")]
public sealed record MapEntry(
    [property: Id(0)] Admission Admission,
    [property: Id(1)] ConnectionId Connection,
    [property: Id(2)] ImmutableArray<ChatHeard> Heard);

/// <param name="Channel">A chat channel's name, <c>global</c>.</param>
[GenerateSerializer, Immutable, Alias("mmo.ChatHeard")]
public readonly record struct ChatHeard([property: Id(0)] string Channel, [property: Id(1)] Fence Position);

/// <summary>What somebody who enters needs to know.</summary>
/// <param name="Entity">The character's entity here.</param>
/// <param name="Map">The map's fence: frames and inputs carry it.</param>
/// <param name="LastEvent">The newest event of the gateway's feed when the character came: chat up to it was not for this entry.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapWelcome")]
public sealed record MapWelcome(
    [property: Id(0)] int Entity,
    [property: Id(1)] Fence Map,
    [property: Id(2)] Pose Pose,
    [property: Id(3)] MapRules Rules,
    [property: Id(4)] MapShape Shape,
    [property: Id(5)] TimeSpan Grace,
    [property: Id(6)] long LastEvent = 0);

[GenerateSerializer, Immutable, Alias("mmo.MapRules")]
public sealed record MapRules(
    [property: Id(0)] int TickRate,
    [property: Id(1)] float VisibleRangeMeters,
    [property: Id(2)] float MaxSpeedMetersPerSecond);

/// <summary>The ground in metres and the warps on it.</summary>
[GenerateSerializer, Immutable, Alias("mmo.MapShape")]
public sealed record MapShape(
    [property: Id(0)] float OriginX,
    [property: Id(1)] float OriginZ,
    [property: Id(2)] float Width,
    [property: Id(3)] float Length,
    [property: Id(4)] ImmutableArray<WarpArea> Warps);

[GenerateSerializer, Immutable, Alias("mmo.WarpArea")]
public sealed record WarpArea(
    [property: Id(0)] string Name,
    [property: Id(1)] string ToMap,
    [property: Id(2)] float X,
    [property: Id(3)] float Z,
    [property: Id(4)] float Width,
    [property: Id(5)] float Length);

[GenerateSerializer]
public enum LeaveKind
{
    /// <summary>On purpose: saved and gone at once.</summary>
    Left = 0,

    /// <summary>The connection broke: stays for the grace time and can be resumed.</summary>
    Lost = 1,
}

/// <summary>The last image of an evicted character, and whether it stood on the map just now.</summary>
[GenerateSerializer, Immutable, Alias("mmo.CharacterImageOnMap")]
public sealed record CharacterImageOnMap([property: Id(0)] CharacterImage Image, [property: Id(1)] bool WasPresent);

/// <summary>How far a starting map is.</summary>
/// <param name="Registered">With Central.</param>
/// <param name="ConnectedToChat">Connected to the chat channel.</param>
/// <param name="Warnings">What is wrong with the map's file but does not keep it from opening.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapReadiness")]
public sealed record MapReadiness(
    [property: Id(0)] bool Registered,
    [property: Id(1)] bool ConnectedToChat,
    [property: Id(2)] int Width,
    [property: Id(3)] int Length,
    [property: Id(4)] int Warps,
    [property: Id(5)] ImmutableArray<string> Warnings);

/// <param name="Closed">Why the map is not open; empty when it is.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapState")]
public sealed record MapState(
    [property: Id(0)] string Map,
    [property: Id(1)] string Closed,
    [property: Id(2)] string Size,
    [property: Id(3)] int Users,
    [property: Id(4)] int Entities,
    [property: Id(5)] long Tick,
    [property: Id(6)] string Fence,
    [property: Id(7)] bool RegisteredWithCentral,
    [property: Id(8)] string Chat,
    [property: Id(9)] ImmutableArray<string> LearnedMaps,
    [property: Id(10)] ImmutableArray<string> Gateways,
    [property: Id(11)] string Address)
{
    /// <summary>Why nothing is known under this id; null: it is known.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unknown { get; init; }

    /// <summary>The tick of the last checkpoint that this activation stored; null: none yet.</summary>
    [Id(13)]
    public long? CheckpointTick { get; init; }
}
