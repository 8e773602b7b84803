using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Maps;

/// <summary>What is stored of one map.</summary>
[StoredRecord(1)]
internal sealed record MapRecord
{
    /// <summary>The record's name in the store.</summary>
    public const string State = "map";

    /// <summary>Of the activation that may write; grows by one with each that takes over.</summary>
    public long Incarnation { get; init; }

    /// <summary>Of the last checkpoint.</summary>
    public long Tick { get; init; }

    /// <summary>Packed by <see cref="Saving.CheckpointCodec"/>.</summary>
    public byte[] Positions { get; init; } = [];

    /// <summary>What the map's systems keep, packed by <see cref="Saving.SystemStates"/>.</summary>
    public byte[] Systems { get; init; } = [];
}
