using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Data;

public class ShippedMaps
{
    private static readonly TiledMapSource Source = new(Path.Combine(AppContext.BaseDirectory, "maps"));

    public static TheoryData<string> Names => [.. Source.Names()];

    /// <summary>Map, warp, its area, and where it leads.</summary>
    public static TheoryData<string, string, MapRectangle, string, double, double> Warps => new()
    {
        { "Map001", "to_map002", new(20, 9, 2, 4), "Map002", 12.5, 12.5 },
        { "Map001", "shortcut", new(4, 10, 2, 2), "Map001", 50.5, 52.5 },
        { "Map002", "to_map001", new(4, 11, 2, 3), "Map001", 12.5, 10.5 },
        { "Map002", "to_map003", new(24, 11, 2, 3), "Map003", 8.5, 16.5 },
        { "Map003", "to_map002", new(2, 14, 2, 4), "Map002", 18.5, 12.5 },
    };

    [Theory]
    [InlineData("Map001", 64, 64, 10.5, 10.5, 2)]
    [InlineData("Map002", 64, 64, 12.5, 12.5, 2)]
    [InlineData("Map003", 32, 32, 8.5, 16.5, 1)]
    [InlineData("Field", 1024, 1024, 512.5, 512.5, 0)]
    public void Each_has_its_size_start_and_warps_and_loads_without_a_warning(string name, int width, int height, double x, double z, int warps)
    {
        var loaded = Assert.IsType<MapLoad.Loaded>(Source.Load(name));
        Assert.Empty(loaded.Warnings);
        Assert.Equal((width, height, new MapPoint(x, z), warps), (loaded.Map.Width, loaded.Map.Height, loaded.Map.Start, loaded.Map.Warps.Length));
    }

    [Fact]
    public void There_are_four() => Assert.Equal(["Field", "Map001", "Map002", "Map003"], Source.Names());

    [Theory]
    [MemberData(nameof(Warps))]
    public void Each_warp_is_where_its_map_says(string map, string name, MapRectangle area, string target, double x, double z) =>
        Assert.Contains(new MapWarp(name, area, target, new(x, z)), Load(map).Warps);

    [Theory]
    [MemberData(nameof(Names))]
    public void From_the_start_and_from_every_arrival_one_walks_straight_into_every_warp_near_it(string name)
    {
        MapData map = Load(name);
        foreach (MapPoint from in ArrivalsNearTheStart(map))
            foreach (MapWarp warp in map.Warps)
                Assert.True(map.Walk(from, Middle(warp)).Arrived, $"{warp.Name} from {from}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_warp_leads_to_free_ground_outside_of_any_warp(string name)
    {
        foreach (MapWarp warp in Load(name).Warps)
        {
            MapData target = Load(warp.DestMap);
            Assert.False(target.IsBlocked(warp.Destination));
            Assert.Null(target.WarpAt(warp.Destination));
        }

        Assert.Null(Load(name).WarpAt(Load(name).Start));
    }

    [Fact]
    public void No_warp_leads_nowhere()
    {
        Assert.Empty(MapWarnings.UnknownWarpTargets(Source));
        Assert.Empty(MapWarnings.BlockedWarpTargets(Source));
    }

    [Theory]
    [InlineData("Map001", 10.5, 15.99)]
    [InlineData("Map002", 12.5, 19.99)]
    [InlineData("Map003", 8.5, 21.99)]
    public void A_wall_lies_straight_south_of_the_start(string name, double x, double z)
    {
        WalkResult walk = Load(name).Walk(Load(name).Start, Load(name).Start + new MapPoint(0, 14));
        Assert.False(walk.Arrived);
        Assert.Equal(x, walk.End.X, 9);
        Assert.Equal(z, walk.End.Z, 9);
    }

    [Fact]
    public void The_field_is_open_up_to_its_border()
    {
        MapData field = Load("Field");
        Assert.True(field.Walk(new(1, 1), new(1022.99, 1022.99)).Arrived);
        Assert.True(field.Walk(new(1, 1022.5), new(1022.5, 1)).Arrived);
        Assert.True(field.IsBlocked(0.5, 500));
    }

    [Fact]
    public void The_third_map_has_somebody_in_it()
    {
        MapObject guard = Assert.Single(Load("Map003").Objects);
        Assert.Equal(("npc", "Old Guard", "west"), (guard.Class, guard.Name, guard.Properties["facing"]));
    }

    private static MapData Load(string name) => Assert.IsType<MapLoad.Loaded>(Source.Load(name)).Map;

    private static MapPoint Middle(MapWarp warp) =>
        new(warp.Area.X + (warp.Area.Width / 2), warp.Area.Z + (warp.Area.Depth / 2));

    /// <summary>The start and where warps of other maps lead: the shortcut's end is meant to be far away.</summary>
    private static IEnumerable<MapPoint> ArrivalsNearTheStart(MapData map) => Source.Names().Where(name => name != map.Name)
        .SelectMany(name => Load(name).Warps).Where(warp => warp.DestMap == map.Name).Select(warp => warp.Destination).Append(map.Start);
}
