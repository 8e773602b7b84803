using MmoOrleans.Grains.Maps.Data;
using static MmoOrleans.Grains.Tests.Maps.Data.TmxText;

namespace MmoOrleans.Grains.Tests.Maps.Data;

public class ReadingTiledMaps
{
    public static TheoryData<string, string> Encodings => new()
    {
        { "csv", Csv(Tiles) },
        { "tiles", $"<data>{string.Concat(Tiles.Select(gid => gid == 0 ? "<tile/>" : $"<tile gid=\"{gid}\"/>"))}</data>" },
        { "base64", Base64("", Tiles) },
        { "gzip", Base64("gzip", Tiles) },
        { "zlib", Base64("zlib", Tiles) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_blocks_the_same_tiles(string encoding, string data)
    {
        MapData map = Load(Map(Collision(data)));
        Assert.True("0#0/00#" == Draw(map), encoding);
    }

    [Theory]
    [InlineData("Collision")]
    [InlineData("collision")]
    [InlineData("COLLISION")]
    public void The_collision_layer_is_found_in_any_case_and_inside_groups(string name)
    {
        string layer = Collision(Csv(Tiles), name);
        Assert.Equal("0#0/00#", Draw(Load(Map(layer))));
        Assert.Equal("0#0/00#", Draw(Load(Map($"<group name=\"a\"><properties/><group name=\"b\">{layer}</group></group>"))));
    }

    [Fact]
    public void Several_collision_layers_add_up() =>
        Assert.Equal("##0/00#", Draw(Load(Map(Collision(Csv(Tiles)) + Collision(Csv(1, 0, 0, 0, 0, 0))))));

    [Fact]
    public void Turning_bits_alone_are_no_tile() =>
        Assert.Equal("000/00#", Draw(Load(Map(Collision(Csv(0x8000_0000, 0x4000_0000, 0x2000_0000, 0xE000_0000, 0, 0x1000_0000))))));

    [Fact]
    public void Other_layers_and_tilesets_are_skipped_unread()
    {
        MapData map = Load(Map(
            """<editorsettings/><tileset firstgid="1" source="../nowhere/none.tsx"/>"""
            + Collision("""<data encoding="base64" compression="zstd">!!</data>""", "Ground")
            + """<imagelayer name="Sky"><image source="none.png"/></imagelayer>""" + Collision(Csv(Tiles))));
        Assert.Equal("0#0/00#", Draw(map));
    }

    [Fact]
    public void Without_a_collision_layer_all_is_open_and_a_warning_says_so()
    {
        var loaded = Assert.IsType<MapLoad.Loaded>(Read(Map("")));
        Assert.Equal("000/000", Draw(loaded.Map));
        Assert.Contains("Collision", Assert.Single(loaded.Warnings));
    }

    [Fact]
    public void The_start_is_the_tile_of_the_maps_properties() =>
        Assert.Equal(new(2.5, 0.5), Load(Map(Properties(("start_x", "2"), ("start_y", "0")) + Collision(Csv(Tiles)))).Start);

    [Fact]
    public void Without_start_properties_it_is_the_free_tile_nearest_the_centre() =>
        Assert.Equal(new(0.5, 1.5), Load(Map(Collision(Csv(1, 1, 1, 0, 1, 1)))).Start);

    [Theory]
    [InlineData("type=\"warp\"")]
    [InlineData("type=\"Warp\"")]
    [InlineData("class=\"WARP\"")]
    public void A_warp_leads_to_the_middle_of_a_tile(string kind)
    {
        MapData map = Load(Map(Objects(Warp($"{kind} name=\"gate\" x=\"32\" y=\"16\" width=\"64\" height=\"8\""))));
        Assert.Equal(new("gate", new(1, 1, 2, 0.5), "Map002", new(4.5, 5.5)), Assert.Single(map.Warps));
        Assert.Empty(map.Objects);
    }

    [Theory]
    [InlineData("x=\"40\" y=\"20\"")]
    [InlineData("x=\"40\" y=\"20\" width=\"0\" height=\"0\"")]
    public void A_warp_without_a_size_covers_its_tile(string place)
    {
        MapWarp warp = Assert.Single(Load(Map(Objects(Warp($"type=\"warp\" {place}")))).Warps);
        Assert.Equal(new(1, 1, 1, 1), warp.Area);
        Assert.Equal("warp 9", warp.Name);
    }

    [Fact]
    public void The_warp_under_a_point_is_found()
    {
        MapData map = Load(Map(Objects(Warp("type=\"warp\" name=\"gate\" x=\"32\" y=\"16\" width=\"32\" height=\"16\""))));
        Assert.Equal("gate", map.WarpAt(new(1, 1))?.Name);
        Assert.Equal("gate", map.WarpAt(new(1.99, 1.99))?.Name);
        Assert.Null(map.WarpAt(new(2, 1)));
        Assert.Null(map.WarpAt(new(0.99, 1)));
    }

    [Fact]
    public void Other_objects_are_kept_with_class_name_rectangle_and_properties()
    {
        MapData map = Load(Map(Objects(
            """
            <object id="1" type="npc" name="Smith" x="16" y="8" width="32" height="16"><properties>
              <property name="hp" type="int" value="5"/><property name="says">two
            lines</property></properties></object>
            """, """<object id="2" x="48" y="24"><point/></object>""")));
        Assert.Equal(("npc", "Smith", new MapRectangle(0.5, 0.5, 1, 1)), (map.Objects[0].Class, map.Objects[0].Name, map.Objects[0].Area));
        Assert.Equal("5", map.Objects[0].Properties["hp"]);
        Assert.Equal("two\nlines", map.Objects[0].Properties["says"]);
        Assert.Equal(("", "", new MapRectangle(1.5, 1.5, 0, 0)), (map.Objects[1].Class, map.Objects[1].Name, map.Objects[1].Area));
    }

    [Fact]
    public void A_tile_object_hangs_above_its_place_and_a_shape_has_a_rectangle_around_it()
    {
        MapData map = Load(Map(Objects(
            """<object id="1" gid="3" x="32" y="32" width="32" height="16"/>""",
            """<object id="2" x="32" y="16"><polygon points="0,0 -32,8 32,16"/></object>""")));
        Assert.Equal(new(1, 1, 1, 1), map.Objects[0].Area);
        Assert.Equal(new(0, 1, 2, 1), map.Objects[1].Area);
    }

    [Fact]
    public void What_is_passed_over_is_told_with_its_line_and_no_more_than_twenty_times()
    {
        var loaded = Assert.IsType<MapLoad.Loaded>(Read(Map(Collision(Csv(Tiles)) + "<objectgroup name=\"o\" offsetx=\"0\" offsety=\"4\">\n"
            + string.Concat(Enumerable.Repeat("<object id=\"7\" rotation=\"45\" template=\"t.tx\"/>", 30)) + "</objectgroup>")));
        Assert.Equal("line 7: the offset of layer 'o' is passed over", loaded.Warnings[0]);
        Assert.Equal("line 8: the rotation of object 7 is passed over", loaded.Warnings[1]);
        Assert.Equal(20, loaded.Warnings.Length);
        Assert.Equal("and 42 warnings more", loaded.Warnings[^1]);
    }

    private static string Draw(MapData map) => string.Join('/', Enumerable.Range(0, map.Height).Select(z =>
        string.Concat(Enumerable.Range(0, map.Width).Select(x => map.IsBlocked(x + 0.5, z + 0.5) ? '#' : '0'))));
}
