using System.Diagnostics.CodeAnalysis;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// Which maps changed in which version of the directory, so that a silo is told what it does not know yet. Keeps the last
/// <see cref="Capacity"/> changes; who is further behind gets everything.
/// </summary>
internal sealed class ChangeLog
{
    internal const int Capacity = 4096;

    private readonly Queue<(long Version, MapId Map)> _changes = new();
    private long _forgotten = FirstVersion;

    /// <summary>Version 0 is nobody's: a silo that asks with it gets everything.</summary>
    private const long FirstVersion = 1;

    internal long Version { get; private set; } = FirstVersion;

    /// <summary>A map joined, changed or left.</summary>
    internal void Add(MapId map)
    {
        Version++;
        _changes.Enqueue((Version, map));
        if (_changes.Count > Capacity) _forgotten = _changes.Dequeue().Version;
    }

    /// <summary>Something changed that every answer carries whole.</summary>
    internal void Advance() => Version++;

    /// <summary>The maps that changed after a version; false when that is no longer known.</summary>
    internal bool TrySince(long version, [MaybeNullWhen(false)] out IReadOnlySet<MapId> maps)
    {
        maps = version >= _forgotten && version <= Version
            ? _changes.Where(change => change.Version > version).Select(change => change.Map).ToHashSet()
            : null;
        return maps is not null;
    }
}
