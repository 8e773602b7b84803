using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Data;

public class Walking
{
    private const double Margin = GridWalk.MarginMeters;

    private static readonly MapData Empty = DrawnMap.Of("....", "....", "....", "....");

    [Fact]
    public void A_free_way_ends_at_the_very_target()
    {
        var to = new MapPoint(3.999, 0.001);
        Assert.Equal(new WalkResult(to, true), Empty.Walk(new(0.1, 3.9), to));
    }

    [Fact]
    public void Standing_still_arrives() =>
        Assert.Equal(new WalkResult(new(2, 2), true), Empty.Walk(new(2, 2), new(2, 2)));

    [Fact]
    public void A_wall_stops_a_centimetre_before_it()
    {
        MapData map = DrawnMap.Of("..#.", "..#.");
        WalkResult walk = map.Walk(new(0.5, 0.5), new(3.5, 0.5));
        Assert.False(walk.Arrived);
        Assert.Equal(2 - Margin, walk.End.X, 12);
        Assert.Equal(0.5, walk.End.Z, 12);
    }

    [Theory]
    [InlineData(1.5, -50, 1.5, Margin)]
    [InlineData(1.5, 50, 1.5, 4 - Margin)]
    [InlineData(-50, 1.5, Margin, 1.5)]
    [InlineData(50, 1.5, 4 - Margin, 1.5)]
    [InlineData(4, 1.5, 4 - Margin, 1.5)]
    public void The_edge_of_the_map_is_a_wall(double x, double z, double endX, double endZ)
    {
        WalkResult walk = Empty.Walk(new(1.5, 1.5), new(x, z));
        Assert.False(walk.Arrived);
        Assert.Equal(endX, walk.End.X, 12);
        Assert.Equal(endZ, walk.End.Z, 12);
    }

    [Fact]
    public void One_long_step_does_not_jump_over_a_wall_of_one_tile()
    {
        MapData map = DrawnMap.Of(new string('.', 500) + "#" + new string('.', 500));
        Assert.Equal(500 - Margin, map.Walk(new(0.5, 0.5), new(1000.5, 0.5)).End.X, 12);
        Assert.Equal(501 + Margin, map.Walk(new(1000.5, 0.5), new(0.5, 0.5)).End.X, 12);
    }

    [Theory]
    [InlineData("#.", ".#")]
    [InlineData(".#", "#.")]
    public void Nobody_slips_between_two_walls_that_meet_in_a_corner(string top, string bottom)
    {
        MapData map = DrawnMap.Of(top, bottom);
        bool falls = top[0] == '#';
        MapPoint a = falls ? new(1.5, 0.5) : new(0.5, 0.5), b = falls ? new(0.5, 1.5) : new(1.5, 1.5);
        Assert.False(map.Walk(a, b).Arrived);
        Assert.False(map.Walk(b, a).Arrived);
    }

    [Fact]
    public void Touching_the_corner_of_one_wall_is_no_collision()
    {
        MapData map = DrawnMap.Of(".#", "..");
        Assert.True(map.Walk(new(0.5, 0.5), new(1.5, 1.5)).Arrived);
        Assert.True(map.Walk(new(1.5, 1.5), new(0.5, 0.5)).Arrived);
    }

    [Fact]
    public void A_target_on_the_edge_of_a_wall_belongs_to_the_wall()
    {
        MapData map = DrawnMap.Of(".#", "..");
        Assert.False(map.Walk(new(0.5, 0.5), new(1, 0.5)).Arrived);
        Assert.True(map.Walk(new(1.5, 1.5), new(1.5, 1)).Arrived);
    }

    [Fact]
    public void One_can_walk_along_a_wall_and_away_from_it()
    {
        MapData map = DrawnMap.Of("...", "###");
        MapPoint end = map.Walk(new(0.5, 0.5), new(0.5, 1.5)).End;
        Assert.True(map.Walk(end, new(2.5, end.Z)).Arrived);
        Assert.True(map.Walk(end, new(2.5, 0)).Arrived);
    }

    [Fact]
    public void Walking_on_against_a_wall_stays_where_it_is()
    {
        MapData map = DrawnMap.Of("..#");
        WalkResult first = map.Walk(new(0.5, 0.5), new(2.5, 0.5));
        Assert.Equal(first, map.Walk(first.End, new(2.5, 0.5)));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    public void Nobody_walks_towards_or_from_what_is_not_finite(double x, double z)
    {
        Assert.Equal(new WalkResult(new(1, 1), false), Empty.Walk(new(1, 1), new(x, z)));
        Assert.Equal(new WalkResult(new(x, z), false), Empty.Walk(new(x, z), new(1, 1)));
        Assert.True(Empty.IsBlocked(x, z));
        Assert.Equal(Empty.Start, Empty.NearestFree(new(x, z)));
    }

    [Theory]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(double.MinValue, double.Epsilon)]
    [InlineData(1e300, -1e-300)]
    public void The_farthest_target_stops_inside_of_the_map(double x, double z)
    {
        WalkResult walk = Empty.Walk(new(1, 1), new(x, z));
        Assert.False(walk.Arrived);
        Assert.False(Empty.IsBlocked(walk.End));
    }

    [Fact]
    public void From_blocked_ground_nobody_walks_but_the_nearest_free_tile_is_known()
    {
        MapData map = DrawnMap.Of("####", "###.", "####");
        var inside = new MapPoint(0.5, 1.5);
        Assert.Equal(new WalkResult(inside, false), map.Walk(inside, new(3.5, 1.5)));
        Assert.Equal(new(3.5, 1.5), map.NearestFree(inside));
        Assert.Equal(new(3.5, 1.5), map.NearestFree(new(-1e9, 1e9)));
        Assert.Equal(new(3.2, 1.9), map.NearestFree(new(3.2, 1.9)));
    }

    [Fact]
    public void A_map_may_begin_below_zero()
    {
        MapData map = DrawnMap.At(new(-100.5, -20), "..#", "...");
        Assert.True(map.Contains(new(-100.5, -20)));
        Assert.False(map.Contains(new(-97.5, -20)));
        Assert.True(map.IsBlocked(-98.5, -20));
        Assert.False(map.IsBlocked(-98.51, -20));
        Assert.Equal(-98.5 - Margin, map.Walk(new(-100, -19.5), new(-98, -19.5)).End.X, 9);
    }

    [Fact]
    public void A_map_cannot_start_in_a_wall()
    {
        var grid = new BlockedGrid(2, 1, (x, _) => x == 0);
        Assert.Throws<ArgumentException>(() =>
            new MapData("Walled", default, grid, new(0.5, 0.5), ImmutableArray<MapWarp>.Empty, ImmutableArray<MapObject>.Empty));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(4094)]
    public void Where_a_walk_stops_is_free_as_a_position_of_floats_and_of_centimetres(int tile)
    {
        MapData map = DrawnMap.Of(new string('#', tile) + "." + new string('#', 4095 - tile));
        foreach (double x in new double[] { -1, 5000 })
        {
            Position stop = map.Walk(new(tile + 0.5, 0.5), new(x, 0.7)).End.At(3);
            Assert.False(map.IsBlocked(MapPoint.Under(stop)));
            Assert.False(map.IsBlocked(Math.Round(stop.X * 100.0) / 100, Math.Round(stop.Z * 100.0) / 100));
        }
    }

    [Fact]
    public void A_walk_allocates_nothing()
    {
        MapData map = DrawnMap.Of(new string('.', 200), new string('.', 200));
        map.Walk(new(0.5, 0.5), new(199.5, 1.5));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            map.Walk(new(0.5, 0.5), new(199.5, 1.5));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
