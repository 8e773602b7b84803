using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MmoOrleans.GrainInterfaces.Spawning;

/// <summary>
/// The Map Spawn Server for the silos: keeps every map of its desired set up, once. The desired set is the union of what the
/// silos lease. Key: <c>spawn:{name}</c>.
/// </summary>
[Alias("mmo.IMapSpawnGrain")]
public interface IMapSpawnGrain : IGrainWithStringKey
{
    /// <summary>A silo wants these maps for the next 10 s. Repeated every few seconds while the silo lives.</summary>
    /// <param name="timeout">How long one map may take to start.</param>
    [Alias("Lease")]
    Task Lease(string silo, ImmutableArray<MapId> maps, TimeSpan timeout);

    /// <summary>The silo stops: its maps are no longer wanted by it.</summary>
    [Alias("Return")]
    Task Return(string silo);

    /// <summary>Desired set, state, failures and next try of each map. For the dashboard and the start-up report.</summary>
    [Alias("GetState")]
    Task<SpawnState> GetState();
}

[GenerateSerializer, Immutable, Alias("mmo.SpawnState")]
public sealed record SpawnState(
    [property: Id(0)] bool RegisteredWithCentral,
    [property: Id(1)] ImmutableArray<string> Silos,
    [property: Id(2)] ImmutableArray<SpawnedMap> Maps)
{
    /// <summary>Why nothing is known under this id; null: it is known.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unknown { get; init; }
}

/// <param name="Failures">In a row; back to 0 when the map has stayed up for 30 s.</param>
/// <param name="NextTry">When it is tried next; null while it is up or starting.</param>
/// <param name="LastError">A sentence; empty when there was none.</param>
[GenerateSerializer, Immutable, Alias("mmo.SpawnedMap")]
public sealed record SpawnedMap(
    [property: Id(0)] string Map,
    [property: Id(1)] SpawnStatus Status,
    [property: Id(2)] int Failures,
    [property: Id(3)] DateTimeOffset? NextTry,
    [property: Id(4)] string LastError);

[GenerateSerializer, JsonConverter(typeof(JsonStringEnumConverter<SpawnStatus>))]
public enum SpawnStatus
{
    Wanted = 0,
    Starting = 1,
    Up = 2,

    /// <summary>Failed, waits for its next try.</summary>
    BackingOff = 3,

    /// <summary>Failed as often as the budget allows: tried again only once in a long while.</summary>
    GivenUp = 4,

    /// <summary>Nobody wants it any more: it is stopped when nobody is on it.</summary>
    Unwanted = 5,
}
