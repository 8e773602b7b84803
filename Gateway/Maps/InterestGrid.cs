namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Which entities stand near a point. The ground is cut into square cells of 64 m; each cell that is not empty heads a doubly linked
/// list through the arrays, so that moving an entity costs two links and asking costs the cells that a square of the range
/// touches: 9 to 16 at a range of 80 m. Coordinates are centimetres and may be negative; the map's size plays no part.
/// </summary>
internal sealed class InterestGrid
{
    public const int CellCentimeters = 64 * Centimeters.PerMeter;

    private const int None = -1;

    private readonly Dictionary<(int X, int Z), int> _heads = [];
    private (int X, int Z)[] _cell = [];
    private int[] _next = [];
    private int[] _previous = [];

    public void Add(int slot, int x, int z)
    {
        Reserve(slot);
        Link(slot, CellOf(x, z));
    }

    public void Move(int slot, int x, int z)
    {
        var cell = CellOf(x, z);
        if (cell == _cell[slot])
            return;
        Unlink(slot);
        Link(slot, cell);
    }

    public void Remove(int slot) => Unlink(slot);

    public void Clear() => _heads.Clear();

    /// <summary>Lists the slots of all cells that touch the square around a point; the caller looks at the true distance.</summary>
    public void CollectAround(int x, int z, int rangeCentimeters, List<int> found)
    {
        var (firstX, firstZ) = CellOf(Saturate((long)x - rangeCentimeters), Saturate((long)z - rangeCentimeters));
        var (lastX, lastZ) = CellOf(Saturate((long)x + rangeCentimeters), Saturate((long)z + rangeCentimeters));
        for (var cellZ = firstZ; cellZ <= lastZ; cellZ++)
            for (var cellX = firstX; cellX <= lastX; cellX++)
                CollectCell((cellX, cellZ), found);
    }

    private void CollectCell((int X, int Z) cell, List<int> found)
    {
        if (!_heads.TryGetValue(cell, out var slot))
            return;
        for (; slot != None; slot = _next[slot])
            found.Add(slot);
    }

    private void Link(int slot, (int X, int Z) cell)
    {
        var head = _heads.GetValueOrDefault(cell, None);
        (_cell[slot], _next[slot], _previous[slot]) = (cell, head, None);
        if (head != None)
            _previous[head] = slot;
        _heads[cell] = slot;
    }

    private void Unlink(int slot)
    {
        var (next, previous) = (_next[slot], _previous[slot]);
        if (next != None)
            _previous[next] = previous;
        if (previous != None)
            _next[previous] = next;
        else if (next != None)
            _heads[_cell[slot]] = next;
        else
            _heads.Remove(_cell[slot]);
    }

    private void Reserve(int slot)
    {
        if (slot < _cell.Length)
            return;
        var size = Math.Max(slot + 1, Math.Max(64, _cell.Length * 2));
        Array.Resize(ref _cell, size);
        Array.Resize(ref _next, size);
        Array.Resize(ref _previous, size);
    }

    private static (int X, int Z) CellOf(int x, int z) => (FloorDivide(x), FloorDivide(z));

    private static int FloorDivide(int value) => value >= 0 ? value / CellCentimeters : ((value + 1) / CellCentimeters) - 1;

    private static int Saturate(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);
}
