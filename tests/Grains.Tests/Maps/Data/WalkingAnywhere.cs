using CsCheck;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Data;

/// <summary>
/// What must hold for every walk on every map. Half of the coordinates lie on quarters, so that walks through corners and
/// along borders are common; the judge clips the walked line against each wall, which is a different way to reckon it.
/// </summary>
public class WalkingAnywhere
{
    private const int Side = 8;

    /// <summary>Far less than the margin, far more than the rounding of coordinates below 8.</summary>
    private const double Tiny = 1e-9;

    private static readonly Gen<double> Coordinate = Gen.OneOf(Gen.Int[-4, (Side * 4) + 4].Select(i => i / 4.0), Gen.Double[-1, Side + 1]);

    private static readonly Gen<MapPoint> Point = Gen.Select(Coordinate, Coordinate, (x, z) => new MapPoint(x, z));

    private static readonly Gen<(MapData Map, MapPoint From, MapPoint To)> Walks =
        Gen.Select(Gen.Int[0, 3].Array[Side * Side], Point, Point).Select((tiles, from, to) => (Draw(tiles), from, to))
            .Where(walk => !walk.Item1.IsBlocked(walk.from));

    [Fact]
    public void A_walk_ends_on_free_ground_or_at_its_beginning() => Walks.Sample(walk =>
    {
        WalkResult result = walk.Map.Walk(walk.From, walk.To);
        Assert.False(walk.Map.IsBlocked(result.End));
        Assert.True(!result.Arrived || result.End == walk.To);
    });

    [Fact]
    public void A_walk_crosses_no_wall() => Walks.Sample(walk =>
    {
        WalkResult result = walk.Map.Walk(walk.From, walk.To);
        // The stop is drawn into its tile by a margin on each axis, which is up to so much of the way, forth or back.
        double drawn = 2 * GridWalk.MarginMeters / Length(walk.To - walk.From);
        double walked = result.Arrived ? 1 : PartOf(walk.From, walk.To, result.End) - drawn;
        foreach (MapRectangle wall in Walls(walk.Map))
        {
            double into = EntersAt(wall, walk.From, walk.To, -Tiny);
            Assert.True(into >= walked, $"{wall} is entered at {into} of the way, which was walked up to {walked}");
        }
    });

    [Fact]
    public void A_walk_that_does_not_arrive_has_met_a_wall_where_it_ends() => Walks.Sample(walk =>
    {
        WalkResult result = walk.Map.Walk(walk.From, walk.To);
        if (result.Arrived)
            return;
        double first = Walls(walk.Map).Min(wall => EntersAt(wall, walk.From, walk.To, Tiny));
        Assert.True(first <= 1, "no wall touches the way");
        Assert.Contains(Walls(walk.Map), wall => Distance(wall, result.End) <= 2 * GridWalk.MarginMeters);
    });

    [Fact]
    public void A_walk_strays_from_its_line_by_two_margins_at_most() => Walks.Sample(walk =>
    {
        MapPoint end = walk.Map.Walk(walk.From, walk.To).End;
        MapPoint way = walk.To - walk.From;
        double part = Math.Clamp(PartOf(walk.From, walk.To, end), 0, 1);
        MapPoint off = end - (walk.From + new MapPoint(way.X * part, way.Z * part));
        Assert.InRange(Math.Max(Math.Abs(off.X), Math.Abs(off.Z)), 0, 2 * GridWalk.MarginMeters);
    });

    private static MapData Draw(int[] tiles)
    {
        // The first tile is free, for a map needs a start.
        string[] rows = [.. Enumerable.Range(0, Side).Select(z =>
            string.Concat(Enumerable.Range(0, Side).Select(x => x + z > 0 && tiles[(z * Side) + x] == 0 ? '#' : '.')))];
        return DrawnMap.Of(rows);
    }

    /// <summary>The blocked tiles, those around the map included.</summary>
    private static IEnumerable<MapRectangle> Walls(MapData map) =>
        from z in Enumerable.Range(-2, Side + 4)
        from x in Enumerable.Range(-2, Side + 4)
        where map.IsBlocked(x + 0.5, z + 0.5)
        select new MapRectangle(x, z, 1, 1);

    private static double Length(MapPoint way) => Math.Sqrt((way.X * way.X) + (way.Z * way.Z));

    private static double PartOf(MapPoint from, MapPoint to, MapPoint point)
    {
        MapPoint way = to - from, gone = point - from;
        double square = (way.X * way.X) + (way.Z * way.Z);
        return square == 0 ? 0 : ((gone.X * way.X) + (gone.Z * way.Z)) / square;
    }

    /// <summary>Liang and Barsky: at which part of the way the line enters the rectangle, grown on all sides; else infinity.</summary>
    private static double EntersAt(MapRectangle wall, MapPoint from, MapPoint to, double grown)
    {
        (double enter, double leave) = (0, 1);
        Clip(from.X, to.X - from.X, wall.X - grown, wall.X + wall.Width + grown, ref enter, ref leave);
        Clip(from.Z, to.Z - from.Z, wall.Z - grown, wall.Z + wall.Depth + grown, ref enter, ref leave);
        return enter <= leave ? enter : double.PositiveInfinity;
    }

    private static void Clip(double from, double way, double low, double high, ref double enter, ref double leave)
    {
        if (way == 0)
        {
            if (from < low || from > high)
                leave = double.NegativeInfinity;
            return;
        }

        double a = (low - from) / way, b = (high - from) / way;
        (enter, leave) = (Math.Max(enter, Math.Min(a, b)), Math.Min(leave, Math.Max(a, b)));
    }

    private static double Distance(MapRectangle wall, MapPoint point) => Math.Max(
        Math.Max(wall.X - point.X, point.X - wall.X - wall.Width), Math.Max(wall.Z - point.Z, point.Z - wall.Z - wall.Depth));
}
