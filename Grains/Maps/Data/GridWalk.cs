namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// One walk over a grid of tiles, in metres from its top left corner, after Amanatides and Woo: from tile to tile, always
/// over the border that the line crosses first, so that no wall is too thin and no step too long. How many borders there
/// are to cross follows from the two end tiles alone, so rounding can neither miss the target tile nor overrun it.
/// A line through the very corner of four tiles passes when the tile behind it is free and at least one of the two beside
/// it: touching one corner of a wall is no collision, a gap between two walls that meet in a corner is none to slip through.
/// Allocates nothing; costs one look per tile.
/// </summary>
internal ref struct GridWalk
{
    /// <summary>
    /// How far from the tile's edges a walk stops when the next tile is blocked: a centimetre, the unit of positions on the
    /// wire and in storage, so that rounding does not put the walker into the wall.
    /// </summary>
    public const double MarginMeters = 0.01;

    private readonly BlockedGrid _grid;
    private readonly MapPoint _from;
    private readonly MapPoint _way;
    private readonly int _stepX;
    private readonly int _stepZ;
    private int _x;
    private int _z;
    private int _bordersX;
    private int _bordersZ;

    /// <summary>Starts on a tile that must be free, towards any finite point.</summary>
    public GridWalk(BlockedGrid grid, MapPoint from, MapPoint to)
    {
        (_grid, _from, _way) = (grid, from, to - from);
        (_x, _z) = (TileOf(from.X, grid.Width), TileOf(from.Z, grid.Height));
        int x = TileOf(to.X, grid.Width) - _x, z = TileOf(to.Z, grid.Height) - _z;
        (_stepX, _bordersX) = (Math.Sign(x), Math.Abs(x));
        (_stepZ, _bordersZ) = (Math.Sign(z), Math.Abs(z));
    }

    /// <summary>Null when the walk arrives, else where it stops.</summary>
    public MapPoint? FindStop()
    {
        while (_bordersX > 0 || _bordersZ > 0)
        {
            double x = NextBorder(_bordersX, _x, _stepX, _from.X, _way.X);
            double z = NextBorder(_bordersZ, _z, _stepZ, _from.Z, _way.Z);
            if (!TryCross(x <= z, z <= x))
                return StopAt(Math.Min(x, z));
        }

        return null;
    }

    /// <summary>The tile of a coordinate. What lies outside becomes the tile next to the grid: blocked, however far away it is.</summary>
    private static int TileOf(double meters, int size) => (int)Math.Clamp(Math.Floor(meters), -1, size);

    /// <summary>Which part of the way, 0 to 1, lies before the next border of one axis.</summary>
    private static double NextBorder(int left, int tile, int step, double from, double way) =>
        left == 0 ? double.PositiveInfinity : ((step > 0 ? tile + 1 : tile) - from) / way;

    private bool TryCross(bool overX, bool overZ)
    {
        int x = overX ? _x + _stepX : _x, z = overZ ? _z + _stepZ : _z;
        if (_grid[x, z] || (overX && overZ && _grid[x, _z] && _grid[_x, z]))
            return false;
        (_bordersX, _bordersZ) = (_bordersX - Math.Abs(x - _x), _bordersZ - Math.Abs(z - _z));
        (_x, _z) = (x, z);
        return true;
    }

    /// <summary>The point at the border, drawn into the last free tile by the margin; so it may lie a centimetre beside the line.</summary>
    private readonly MapPoint StopAt(double part) =>
        new(Inside(_x, _from.X + (part * _way.X)), Inside(_z, _from.Z + (part * _way.Z)));

    private static double Inside(int tile, double meters) =>
        Math.Clamp(meters, tile + MarginMeters, tile + 1 - MarginMeters);
}
