using MmoOrleans.Grains.Maps.Data;
using static MmoOrleans.Grains.Tests.Maps.Data.TmxText;

namespace MmoOrleans.Grains.Tests.Maps.Data;

public class RefusingTiledMaps
{
    [Theory]
    [InlineData("orientation=\"orthogonal\"", "orientation=\"isometric\"", "orthogonal")]
    [InlineData("orientation=\"orthogonal\"", "", "orthogonal")]
    [InlineData("infinite=\"0\"", "infinite=\"1\"", "infinite")]
    [InlineData("width=\"3\"", "width=\"4097\"", "width is '4097'")]
    [InlineData("width=\"3\"", "width=\"0\"", "width is '0'")]
    [InlineData("height=\"2\"", "", "height is missing")]
    [InlineData("height=\"2\"", "height=\"99999999999\"", "height is '99999999999'")]
    [InlineData("tilewidth=\"32\"", "tilewidth=\"0\"", "tilewidth")]
    [InlineData("<map ", "<tileset ", "<tileset>")]
    public void A_map_of_another_kind_or_size(string right, string wrong, string reason)
    {
        string refusal = Refusal(Head.Replace(right, wrong) + (wrong == "<tileset " ? "</tileset>" : "</map>"));
        Assert.StartsWith("line 1: ", refusal);
        Assert.Contains(reason, refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<map")]
    [InlineData("<map orientation=\"orthogonal\" width=\"1\" height=\"1\" tilewidth=\"1\" tileheight=\"1\"><layer>")]
    public void A_file_that_is_no_xml_or_ends_early(string text) => Assert.NotEmpty(Refusal(text));

    [Fact]
    public void A_document_type_and_all_that_it_could_pull_in() => Assert.Contains("DTD", Refusal(
        "<!DOCTYPE map [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + Map(Objects("<object id=\"1\" name=\"&e;\"/>"))));

    [Theory]
    [InlineData("<data encoding=\"csv\">0,0,0,0,0</data>", "ends after 5 tiles, the map has 6")]
    [InlineData("<data encoding=\"csv\">0,0,0,0,0,0,0</data>", "more than the 6 tiles")]
    [InlineData("<data encoding=\"csv\">0,0,x,0,0,0</data>", "tile 2 of the layer is 'x'")]
    [InlineData("<data encoding=\"csv\">0,0,-1,0,0,0</data>", "'-1'")]
    [InlineData("<data encoding=\"csv\">0,0,4294967296,0,0,0</data>", "'4294967296'")]
    [InlineData("<data encoding=\"csv\"></data>", "tile 0 of the layer is ''")]
    [InlineData("<data><tile/><tile/></data>", "ends after 2 tiles")]
    [InlineData("<data><tile/><tile/><tile/><tile/><tile/><tile/><tile/></data>", "more than the 6 tiles")]
    [InlineData("<data><chunk/></data>", "<chunk>")]
    [InlineData("<data/>", "ends after 0 tiles")]
    [InlineData("<data encoding=\"hex\">00</data>", "encoding 'hex'")]
    [InlineData("<data encoding=\"base64\">***</data>", "not base64")]
    [InlineData("<data encoding=\"base64\" compression=\"zstd\">AAAA</data>", "compression 'zstd'")]
    [InlineData("<data encoding=\"base64\" compression=\"zlib\">AAAA</data>", "damaged")]
    [InlineData("<data encoding=\"base64\" compression=\"gzip\">AAAA</data>", "damaged")]
    [InlineData("", "has no data")]
    public void A_collision_layer_that_cannot_be_read(string data, string reason)
    {
        string refusal = Refusal(Map(Collision(data)));
        Assert.StartsWith("line 2: ", refusal);
        Assert.Contains(reason, refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zlib")]
    public void Packed_tiles_that_are_too_few_or_too_many(string compression)
    {
        Assert.Contains("ends after 5 tiles", Refusal(Map(Collision(Base64(compression, new uint[5])))));
        Assert.Contains("more than the 6 tiles", Refusal(Map(Collision(Base64(compression, new uint[7])))));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    public void Packed_tiles_that_are_cut_off(string compression)
    {
        // All bytes differ, so that the packed form is no shorter and half of it lacks tiles, not only its checksum.
        byte[] packed = Pack(compression, [.. Enumerable.Range(1, 24).Select(i => (byte)i)]);
        Assert.Matches("damaged|ends after", Refusal(Map(Collision(Base64Data(compression, packed[..(packed.Length / 2)])))));
    }

    [Fact]
    public void A_layer_that_unpacks_to_far_more_than_the_map_is_not_unpacked()
    {
        string bomb = Base64Data("zlib", Pack("zlib", new byte[32 * 1024 * 1024]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than the 6 tiles", Refusal(Map(Collision(bomb))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void A_layer_of_another_size_than_the_map() =>
        Assert.Contains("width is '4', the map's is 3", Refusal(Map("<layer name=\"Collision\" width=\"4\" height=\"2\"/>")));

    [Theory]
    [InlineData("1", "0", "blocked")]
    [InlineData("3", "0", "start_x is '3'")]
    [InlineData("0", "-1", "start_y is '-1'")]
    [InlineData("0.5", "0", "start_x is '0.5'")]
    public void A_start_where_nobody_can_stand(string x, string y, string reason) =>
        Assert.Contains(reason, Refusal(Map(Properties(("start_x", x), ("start_y", y)) + Collision(Csv(Tiles)))));

    [Fact]
    public void Half_a_start() => Assert.Contains("start_y is missing", Refusal(Map(Properties(("start_x", "0")))));

    [Fact]
    public void A_map_on_which_nobody_can_walk() =>
        Assert.Contains("no tile of the map is walkable", Refusal(Map(Collision(Csv(1, 1, 1, 1, 1, 1)))));

    [Theory]
    [InlineData("../etc/passwd", "1", "1", "dest_map is '../etc/passwd'")]
    [InlineData("", "1", "1", "dest_map")]
    [InlineData("Map002", "", "1", "dest_x")]
    [InlineData("Map002", "1", "NaN", "dest_y is 'NaN'")]
    [InlineData("Map002", "-1", "1", "dest_x is '-1'")]
    [InlineData("Map002", "1", "4096", "dest_y is '4096'")]
    public void A_warp_that_leads_nowhere(string map, string x, string y, string reason)
    {
        string refusal = Refusal(Map("\n" + Objects(Warp("type=\"warp\" name=\"gate\"", map, x, y))));
        Assert.StartsWith("line 3: warp 'gate'", refusal);
        Assert.Contains(reason, refusal);
    }

    [Fact]
    public void A_warp_without_properties() => Assert.Contains("dest_map is missing", Refusal(Map(Objects("<object type=\"warp\"/>"))));

    [Theory]
    [InlineData("x=\"NaN\"", "x is 'NaN'")]
    [InlineData("y=\"1e999\"", "y is '1e999'")]
    [InlineData("width=\"-1\"", "negative")]
    public void An_object_that_is_nowhere(string attribute, string reason) =>
        Assert.Contains(reason, Refusal(Map(Objects($"<object {attribute}/>"))));

    [Theory]
    [InlineData("<polygon/>")]
    [InlineData("<polygon points=\"a,b\"/>")]
    public void A_shape_without_proper_points(string shape) => Assert.NotEmpty(Refusal(Map(Objects($"<object>{shape}</object>"))));

    [Fact]
    public void More_objects_properties_text_or_groups_than_the_limits()
    {
        string[] objects = [.. Enumerable.Repeat("<object/>", TiledLimits.MaxObjects)];
        Assert.Equal(TiledLimits.MaxObjects, Load(Map(Objects(objects))).Objects.Length);
        Assert.Contains("more than 10000 objects", Refusal(Map(Objects([.. objects, "<object/>"]))));

        Assert.Contains("more than 64 properties", Refusal(Map(Properties([.. Enumerable.Range(0, 65).Select(i => ($"p{i}", ""))]))));
        Assert.Contains("the limit is 4096", Refusal(Map(Objects($"<object name=\"{new string('n', 4097)}\"/>"))));
        Assert.Contains("groups", Refusal(Map(string.Concat(Enumerable.Repeat("<group>", 17)) + string.Concat(Enumerable.Repeat("</group>", 17)))));
    }

    [Fact]
    public void A_file_over_the_limit_before_it_is_read()
    {
        using var huge = new HugeStream();
        var refused = Assert.IsType<MapLoad.Refused>(TiledReader.Read("Test", TestFile, huge));
        Assert.Contains("the limit is 67108864", refused.Reason);
    }

    private sealed class HugeStream : MemoryStream
    {
        public override long Length => TiledLimits.MaxFileBytes + 1;

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("It was read.");

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("It was read.");
    }
}
