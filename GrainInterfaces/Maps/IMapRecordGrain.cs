namespace MmoOrleans.GrainInterfaces.Maps;

/// <summary>
/// The durable side of one map, for that map: its incarnation and its checkpoint. A grain of its own, because a storage conflict
/// that escapes a call deactivates the grain it happened in. Key: that of the map.
/// </summary>
[Alias("mmo.IMapRecordGrain")]
public interface IMapRecordGrain : IGrainWithStringKey
{
    /// <summary>A map activation takes over: incarnation plus one, and the last checkpoint. Refused: SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Claim")]
    Task<Answer<MapClaim>> Claim();

    /// <summary>Stores a checkpoint of this incarnation.</summary>
    [Alias("Save")]
    Task<CheckpointAnswer> Save(long incarnation, MapCheckpoint checkpoint);
}

[GenerateSerializer, Immutable, Alias("mmo.MapClaim")]
public sealed record MapClaim([property: Id(0)] long Incarnation, [property: Id(1)] MapCheckpoint Checkpoint);

/// <param name="Positions">Packed entries, about 40 bytes a character.</param>
/// <param name="Systems">What the map's systems save, by name.</param>
[GenerateSerializer, Immutable, Alias("mmo.MapCheckpoint")]
public sealed record MapCheckpoint(
    [property: Id(0)] long Tick,
    [property: Id(1)] ReadOnlyMemory<byte> Positions,
    [property: Id(2)] ReadOnlyMemory<byte> Systems)
{
    public static readonly MapCheckpoint Empty = new(0, default, default);
}

[GenerateSerializer]
public enum CheckpointAnswer
{
    Saved = 0,

    /// <summary>Another incarnation has taken over: this activation stops without saving.</summary>
    Conflict = 1,

    /// <summary>The store did not take it: play on, try again.</summary>
    Failed = 2,
}
