using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Chat;

/// <summary>The maps that have connected to a channel, each for its lease. Only maps that Central knows get in: that bounds it.</summary>
internal sealed class ConnectedMaps(TimeSpan lease)
{
    private readonly Dictionary<MapId, DateTimeOffset> _until = [];

    /// <summary>True if the map was not connected before.</summary>
    internal bool Connect(MapId map, DateTimeOffset now)
    {
        var isNew = !_until.ContainsKey(map);
        _until[map] = now + lease;
        return isNew;
    }

    /// <summary>Drops those that were silent for their lease, and names them.</summary>
    internal ImmutableArray<MapId> Expire(DateTimeOffset now)
    {
        ImmutableArray<MapId> gone = [.. _until.Where(entry => entry.Value <= now).Select(entry => entry.Key)];
        foreach (var map in gone)
            _until.Remove(map);
        return gone;
    }

    internal ImmutableArray<string> Names() => [.. _until.Keys.Select(map => map.ToString()).Order(StringComparer.Ordinal)];
}
