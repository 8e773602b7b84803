namespace MmoOrleans.Grains.Maps.Data;

/// <summary>A square metre of a map, counted from the map's top left tile (0, 0).</summary>
public readonly record struct MapTile(int X, int Z)
{
    /// <summary>The middle of the tile, in metres from the map's origin.</summary>
    public MapPoint Middle => new(X + 0.5, Z + 0.5);
}
