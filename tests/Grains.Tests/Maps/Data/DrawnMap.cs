using System.Collections.Immutable;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Data;

/// <summary>Makes maps from rows of text: '#' is blocked, anything else is free.</summary>
internal static class DrawnMap
{
    public static MapData Of(params string[] rows) => At(default, rows);

    public static MapData At(MapPoint origin, params string[] rows)
    {
        var grid = new BlockedGrid(rows[0].Length, rows.Length, (x, z) => rows[z][x] == '#');
        MapPoint start = grid.NearestFree(default)!.Value.Middle + origin;
        return new("Drawn", origin, grid, start, ImmutableArray<MapWarp>.Empty, ImmutableArray<MapObject>.Empty);
    }
}
