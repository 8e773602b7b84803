using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Spawning;

/// <summary>What this silo wants to be up.</summary>
public sealed class SpawnOptions
{
    /// <summary>The spawner that does it. Silos that name the same one share it: it keeps the union of their maps up. Default: main.</summary>
    public string Name { get; set; } = "main";

    /// <summary>The maps, each with its channel. Default: none.</summary>
    public ImmutableArray<MapId> Maps { get; set; } = [];

    /// <summary>How long one map may take until it is registered with Central. Default: 30 s, also for 0 and less.</summary>
    public TimeSpan MapTimeout { get; set; } = DesiredMaps.DefaultTimeout;
}
