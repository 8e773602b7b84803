using MmoOrleans.Gateway;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

public sealed class WantingMaps
{
    private static readonly OpenFields Fields = new("Field", "Map001", "Map002");

    [Fact]
    public void Every_map_in_every_channel_unless_the_configuration_names_some()
    {
        Assert.Equal(["default/Field", "default/Map001", "default/Map002"], Wanted());
        Assert.Equal(["1/Map002", "1/Map001", "2/Map002", "2/Map001"], Wanted("-spawnMaps", "Map002|Map001", "-spawnChannels", "1|2"));
        Assert.Empty(Wanted("-spawnMaps", ""));
    }

    [Fact]
    public void A_silo_with_roles_but_no_spawner_wants_only_the_map_it_is_told_to_make_sure_of()
    {
        Assert.Empty(Wanted("-startMapServer"));
        Assert.Equal(["2/Map001"], Wanted("-startMapServer", "-mapName", "Map001", "-channelId", "2"));
        Assert.Equal(["default/Field"], Wanted("-startMapSpawnServer", "-spawnMaps", "Field"));
    }

    [Theory]
    [InlineData("-spawnMaps", "Nowhere", "spawnMaps names map \"Nowhere\"")]
    [InlineData("-startMap", "Nowhere", "startMap names map \"Nowhere\"")]
    public void A_map_that_has_no_file_stops_the_start(string key, string value, string sentence)
    {
        var failure = Assert.Throws<StartFailure>(() => Wanted(key, value));

        Assert.Equal(ExitCode.Configuration, failure.Code);
        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_characters_begin_on_startMap_else_on_the_first_map_that_is_spawned()
    {
        Assert.Equal("Map002", Read("-startMap", "Map002").StartMap);
        Assert.Equal("Map001", Read("-spawnMaps", "Map001|Map002").StartMap);
        Assert.Equal("Field", Read().StartMap);
    }

    private static IEnumerable<string> Wanted(params string[] arguments) => Read(arguments).Maps.Select(map => map.ToString());

    private static WantedMaps Read(params string[] arguments) => WantedMaps.Read(Starting.With(arguments), Fields);

    private sealed class OpenFields(params string[] names) : IMapSource
    {
        public IReadOnlyList<string> Names() => names;

        public MapLoad Load(string name) => names.Contains(name)
            ? new MapLoad.Loaded(new MapData(name, default, new BlockedGrid(10, 10, (_, _) => false), new MapPoint(5, 5), [], []), [])
            : new MapLoad.Missing("there is no such file");
    }
}
