using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Maps;

/// <summary>What is stored of one map.</summary>
[StoredRecord(1)]
internal sealed class MapRecord
{
    /// <summary>Of the activation that may write; grows by one with each that takes over.</summary>
    public long Incarnation { get; set; }

    /// <summary>Of the last checkpoint.</summary>
    public long Tick { get; set; }

    /// <summary>Packed by <see cref="Saving.CheckpointCodec"/>.</summary>
    public byte[] Positions { get; set; } = [];

    /// <summary>What the map's systems keep, packed by <see cref="Saving.SystemStates"/>.</summary>
    public byte[] Systems { get; set; } = [];
}
