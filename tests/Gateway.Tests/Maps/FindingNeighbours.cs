using CsCheck;
using MmoOrleans.Gateway.Maps;

namespace MmoOrleans.Gateway.Tests.Maps;

public class FindingNeighbours
{
    private static readonly Gen<(int X, int Z)> Places =
        Gen.Select(Gen.OneOf(Gen.Int[-30_000, 30_000], Gen.Int), Gen.Int[-30_000, 30_000]);

    [Fact]
    public void Everyone_in_the_square_is_found_once_wherever_they_moved() =>
        Gen.Select(Places.Array[1, 60], Places.Array[1, 60], Places, Gen.Int[0, 20_000]).Sample((first, then, centre, range) =>
        {
            var grid = new InterestGrid();
            var at = new Dictionary<int, (int X, int Z)>();
            for (var slot = 0; slot < first.Length; slot++)
                grid.Add(slot, (at[slot] = first[slot]).X, at[slot].Z);
            for (var slot = 0; slot < Math.Min(first.Length, then.Length); slot++)
                grid.Move(slot, (at[slot] = then[slot]).X, at[slot].Z);
            for (var slot = 0; slot < first.Length; slot += 3)
                Remove(grid, at, slot);

            var found = new List<int>();
            grid.CollectAround(centre.X, centre.Z, range, found);

            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.All(found, slot => Assert.True(at.ContainsKey(slot)));
            Assert.All(at.Where(one => IsInside(one.Value, centre, range)), one => Assert.Contains(one.Key, found));
        }, iter: 500, threads: 1);

    private static void Remove(InterestGrid grid, Dictionary<int, (int X, int Z)> at, int slot)
    {
        grid.Remove(slot);
        at.Remove(slot);
    }

    private static bool IsInside((int X, int Z) place, (int X, int Z) centre, int range) =>
        Math.Abs((long)place.X - centre.X) <= range && Math.Abs((long)place.Z - centre.Z) <= range;
}
