using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// The part of a map that never changes: its ground, where players start, its warps and what else its author placed. One
/// tile is one metre; x goes to the right, z down the map, and y is the height, of which it knows nothing. One object is
/// read by all instances of the map at once. It knows no file format: an <see cref="IMapSource"/> makes it.
/// </summary>
public sealed class MapData
{
    private readonly BlockedGrid _blocked;

    /// <param name="name">Matches <see cref="MapId.IsName"/>.</param>
    /// <param name="origin">The top left corner, in metres; may be negative.</param>
    /// <param name="blocked">The ground, and with it the size.</param>
    /// <param name="start">Where a character stands that has been nowhere yet, in metres; must be free.</param>
    /// <param name="warps">In the author's order: of two that overlap the first one counts.</param>
    /// <param name="objects">All other objects, in the author's order.</param>
    public MapData(string name, MapPoint origin, BlockedGrid blocked, MapPoint start, ImmutableArray<MapWarp> warps, ImmutableArray<MapObject> objects)
    {
        if (!MapId.IsName(name))
            throw new ArgumentException($"'{name}' {MapName.Rule}.", nameof(name));
        if (!origin.IsFinite)
            throw new ArgumentException("The origin must be finite.", nameof(origin));
        (Name, Origin, _blocked, Start, Warps, Objects) = (name, origin, blocked, start, warps, objects);
        if (IsBlocked(start))
            throw new ArgumentException($"The start {start} is blocked or outside.", nameof(start));
    }

    public string Name { get; }

    /// <summary>The top left corner in metres: the smallest x and z of the map.</summary>
    public MapPoint Origin { get; }

    /// <summary>In tiles, which is metres.</summary>
    public int Width => _blocked.Width;

    /// <summary>In tiles along z, which is metres.</summary>
    public int Height => _blocked.Height;

    /// <summary>Where a character stands that has been nowhere yet. Never blocked.</summary>
    public MapPoint Start { get; }

    public ImmutableArray<MapWarp> Warps { get; }

    public ImmutableArray<MapObject> Objects { get; }

    /// <summary>Whether the point lies on the map; the right and bottom edges do not. NaN never does.</summary>
    public bool Contains(MapPoint point) =>
        point.X - Origin.X >= 0 && point.X - Origin.X < Width && point.Z - Origin.Z >= 0 && point.Z - Origin.Z < Height;

    /// <summary>Whether nobody can stand there: blocked ground, outside of the map, NaN.</summary>
    public bool IsBlocked(MapPoint point)
    {
        if (!Contains(point))
            return true;
        MapTile tile = TileAt(point);
        return _blocked[tile.X, tile.Z];
    }

    /// <inheritdoc cref="IsBlocked(MapPoint)"/>
    public bool IsBlocked(double x, double z) => IsBlocked(new MapPoint(x, z));

    /// <summary>
    /// Walks straight from one point towards another: the target when the whole way is free, else the last place before what
    /// is in the way, about a centimetre away from it. From a blocked point, or towards one that is not finite, nobody walks:
    /// the end is the beginning. See <see cref="GridWalk"/> for what happens at corners.
    /// </summary>
    public WalkResult Walk(MapPoint from, MapPoint to)
    {
        if (IsBlocked(from) || !to.IsFinite)
            return new(from, false);
        MapPoint? stop = new GridWalk(_blocked, from - Origin, to - Origin).FindStop();
        return stop is { } end ? new(end + Origin, false) : new(to, true);
    }

    /// <summary>
    /// The point itself when it is free, else the middle of the nearest free tile; for a character whose saved position has
    /// become part of a wall. What is not finite counts as the start.
    /// </summary>
    public MapPoint NearestFree(MapPoint point)
    {
        if (!point.IsFinite)
            return Start;
        return IsBlocked(point) && _blocked.NearestFree(TileAt(point)) is { } tile ? tile.Middle + Origin : point;
    }

    /// <summary>The warp that the point lies in, or null. Looks at each: fine for the dozens that a map has.</summary>
    public MapWarp? WarpAt(MapPoint point)
    {
        foreach (MapWarp warp in Warps)
            if (warp.Area.Contains(point))
                return warp;
        return null;
    }

    /// <summary>The tile under the point, or the one at the map's edge that is nearest to it.</summary>
    private MapTile TileAt(MapPoint point) =>
        new(TileAt(point.X - Origin.X, Width), TileAt(point.Z - Origin.Z, Height));

    private static int TileAt(double meters, int size) => (int)Math.Clamp(Math.Floor(meters), 0, size - 1);
}
