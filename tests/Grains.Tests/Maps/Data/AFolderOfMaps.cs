using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Data;
using static MmoOrleans.Grains.Tests.Maps.Data.TmxText;

namespace MmoOrleans.Grains.Tests.Maps.Data;

public sealed class AFolderOfMaps : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maps-").FullName;
    private readonly TiledMapSource _source;

    public AFolderOfMaps() => _source = new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_lists_its_maps_by_name_and_nothing_else()
    {
        foreach (string file in new[] { "B.tmx", "A.tmx", "a-1_x.y.tmx", "with space.tmx", "notes.txt", "C.TMX" })
            Put(file, Map(""));
        Assert.Equal(["A", "B", "a-1_x.y"], _source.Names());
    }

    [Fact]
    public void One_that_does_not_exist_has_no_maps()
    {
        var source = new TiledMapSource(Path.Combine(_folder, "none"));
        Assert.Empty(source.Names());
        Assert.IsType<MapLoad.Missing>(source.Load("A"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../A")]
    [InlineData("sub/A")]
    [InlineData("sub\\A")]
    [InlineData("A\n")]
    [InlineData("*")]
    [InlineData("A\0")]
    public void A_name_that_could_be_a_path_names_no_map(string name)
    {
        Put("A.tmx", Map(""));
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        Put("sub/A.tmx", Map(""));
        Assert.Contains("no map name", Assert.IsType<MapLoad.Missing>(_source.Load(name)).Reason);
    }

    [Fact]
    public void A_name_of_65_characters_names_no_map()
    {
        Assert.True(MapId.IsName(new string('n', 64)));
        Assert.False(MapId.IsName(new string('n', 65)));
    }

    [Fact]
    public void Upper_and_lower_case_are_told_apart()
    {
        Put("Map.tmx", Map(""));
        Assert.IsType<MapLoad.Missing>(_source.Load("map"));
        Assert.Equal("Map", Assert.IsType<MapLoad.Loaded>(_source.Load("Map")).Map.Name);
    }

    [Fact]
    public void All_who_ask_for_a_map_share_it()
    {
        Put("A.tmx", Map(""));
        var maps = new MapLoad[64];
        Parallel.For(0, maps.Length, i => maps[i] = _source.Load("A"));
        Assert.All(maps, map => Assert.Same(maps[0], map));
    }

    [Fact]
    public void A_changed_file_is_read_again_and_a_vanished_one_is_missing()
    {
        Put("A.tmx", Map(""));
        MapLoad first = _source.Load("A");
        Put("A.tmx", Map(Properties(("start_x", "2"), ("start_y", "1"))));
        Assert.Equal(new(2.5, 1.5), Assert.IsType<MapLoad.Loaded>(_source.Load("A")).Map.Start);
        File.Delete(Path.Combine(_folder, "A.tmx"));
        Assert.Contains("A.tmx", Assert.IsType<MapLoad.Missing>(_source.Load("A")).Reason);
        Put("A.tmx", Map(""));
        Assert.NotSame(first, _source.Load("A"));
    }

    [Fact]
    public void A_file_of_the_same_size_but_another_time_is_read_again()
    {
        Put("A.tmx", Map(Properties(("start_x", "0"), ("start_y", "0"))));
        MapLoad first = _source.Load("A");
        DateTime changed = File.GetLastWriteTimeUtc(Path.Combine(_folder, "A.tmx"));
        Put("A.tmx", Map(Properties(("start_x", "2"), ("start_y", "0"))));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "A.tmx"), changed.AddSeconds(2));
        Assert.NotEqual(((MapLoad.Loaded)first).Map.Start, Assert.IsType<MapLoad.Loaded>(_source.Load("A")).Map.Start);
    }

    [Fact]
    public void A_broken_file_is_refused_by_its_full_name_until_it_is_mended()
    {
        Put("A.tmx", "<map>");
        Assert.Equal(Path.Combine(_folder, "A.tmx"), Assert.IsType<MapLoad.Refused>(_source.Load("A")).File);
        Put("A.tmx", Map(""));
        Assert.IsType<MapLoad.Loaded>(_source.Load("A"));
    }

    [Fact]
    public void A_file_that_the_disk_does_not_give_is_asked_for_again()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "A.tmx"), Path.Combine(_folder, "behind"));
        Assert.IsType<MapLoad.Refused>(_source.Load("A"));
        Put("behind", Map(""));
        Assert.IsType<MapLoad.Loaded>(_source.Load("A"));
    }

    [Fact]
    public void Warps_to_maps_that_are_not_there_are_told_with_map_object_and_target()
    {
        Put("A.tmx", Map(Objects(
            Warp("type=\"warp\" name=\"gate\"", "Nowhere"), Warp("type=\"warp\" name=\"home\"", "A", "0", "0"))));
        Put("broken.tmx", "<map>");
        Assert.Equal("map A: warp 'gate' leads to map Nowhere, of which there is no file", Assert.Single(MapWarnings.UnknownWarpTargets(_source)));
        Assert.Empty(MapWarnings.BlockedWarpTargets(_source));
    }

    [Fact]
    public void Warps_into_walls_are_told()
    {
        Put("A.tmx", Map(Collision(Csv(Tiles)) + Objects(Warp("type=\"warp\" name=\"gate\"", "A", "1", "0"))));
        Assert.Equal(
            "map A: warp 'gate' leads to x 1.5 z 0.5 of map A, where the ground is blocked",
            Assert.Single(MapWarnings.BlockedWarpTargets(_source)));
    }

    private void Put(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
