namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// The tiles of a map that cannot be stood on: one bit a tile, so that a map of 4096 x 4096 costs 2 MiB, shared by all
/// who use it. It never changes.
/// </summary>
public sealed class BlockedGrid
{
    private readonly ulong[] _bits;

    /// <summary>Asks once for every tile.</summary>
    public BlockedGrid(int width, int height, Func<int, int, bool> isBlocked)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        _bits = new ulong[(checked(width * height) + 63) / 64];
        for (int z = 0; z < height; z++)
            for (int x = 0; x < width; x++)
                if (isBlocked(x, z))
                    Block((z * width) + x);
    }

    /// <summary>In tiles.</summary>
    public int Width { get; }

    /// <summary>In tiles, along z.</summary>
    public int Height { get; }

    /// <summary>Whether the tile cannot be stood on. All that lies outside is blocked.</summary>
    public bool this[int x, int z] => !Contains(x, z) || IsSet((z * Width) + x);

    public bool Contains(int x, int z) => (uint)x < (uint)Width && (uint)z < (uint)Height;

    /// <summary>
    /// The free tile whose middle is nearest to that of the given one, which must lie on the grid; null when all are blocked.
    /// Looks at rings around the tile, so it costs what it has to look at: one tile mostly, all of them when nothing is free.
    /// </summary>
    public MapTile? NearestFree(MapTile tile)
    {
        MapTile? best = null;
        long bestSquare = long.MaxValue;
        int outermost = Math.Max(Width, Height);
        // A ring has no tile nearer than its radius, so a find that is nearer than that is final.
        for (int radius = 0; radius <= outermost && (long)radius * radius < bestSquare; radius++)
            foreach (MapTile candidate in Ring(tile, radius))
                if (!this[candidate.X, candidate.Z] && Square(tile, candidate) < bestSquare)
                    (best, bestSquare) = (candidate, Square(tile, candidate));
        return best;
    }

    private static IEnumerable<MapTile> Ring(MapTile middle, int radius)
    {
        for (int i = -radius; i <= radius; i++)
        {
            yield return new(middle.X + i, middle.Z - radius);
            yield return new(middle.X + i, middle.Z + radius);
            yield return new(middle.X - radius, middle.Z + i);
            yield return new(middle.X + radius, middle.Z + i);
        }
    }

    private static long Square(MapTile a, MapTile b)
    {
        long x = a.X - b.X, z = a.Z - b.Z;
        return (x * x) + (z * z);
    }

    private void Block(int index) => _bits[index >> 6] |= 1UL << (index & 63);

    private bool IsSet(int index) => (_bits[index >> 6] & (1UL << (index & 63))) != 0;
}
