using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Data;

/// <summary>Writes little Tiled files, right ones and wrong ones.</summary>
internal static class TmxText
{
    public const string TestFile = "/maps/Test.tmx";

    public const string Head =
        """<map version="1.10" orientation="orthogonal" width="3" height="2" tilewidth="32" tileheight="16" infinite="0">""";

    /// <summary>Of the 3 x 2 tiles of <see cref="Head"/>: the second and the last are blocked, one of them turned.</summary>
    public static readonly uint[] Tiles = [0, 7, 0, 0, 0, 0xE000_0001];

    public static string Map(string content) => $"{Head}\n{content}\n</map>";

    public static string Collision(string data, string name = "Collision") =>
        $"""<layer name="{name}" width="3" height="2">{data}</layer>""";

    public static string Csv(params uint[] tiles) => $"""<data encoding="csv">{string.Join(",\n", tiles)}</data>""";

    public static string Base64(string compression, params uint[] tiles)
    {
        var bytes = new byte[tiles.Length * 4];
        for (int i = 0; i < tiles.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), tiles[i]);
        return Base64Data(compression, Pack(compression, bytes));
    }

    public static string Base64Data(string compression, byte[] packed)
    {
        string attribute = compression.Length > 0 ? $""" compression="{compression}" """ : "";
        return $"<data encoding=\"base64\"{attribute}>\n  {Convert.ToBase64String(packed)}\n</data>";
    }

    public static byte[] Pack(string compression, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream packer = compression switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BufferedStream(packed),
        })
        {
            packer.Write(bytes);
            packer.Flush();
            return compression.Length > 0 ? Finish(packer, packed) : packed.ToArray();
        }
    }

    public static string Properties(params (string Name, string Value)[] properties) =>
        $"<properties>{string.Concat(properties.Select(p => $"<property name=\"{p.Name}\" value=\"{p.Value}\"/>"))}</properties>";

    public static string Objects(params string[] objects) => $"<objectgroup name=\"Objects\">{string.Concat(objects)}</objectgroup>";

    public static string Warp(string attributes, string map = "Map002", string x = "4", string y = "5") =>
        $"<object id=\"9\" {attributes}>{Properties(("dest_map", map), ("dest_x", x), ("dest_y", y))}</object>";

    public static MapLoad Read(string tmx) =>
        TiledReader.Read("Test", TestFile, new MemoryStream(Encoding.UTF8.GetBytes(tmx)));

    public static MapData Load(string tmx) => Assert.IsType<MapLoad.Loaded>(Read(tmx)).Map;

    public static string Refusal(string tmx)
    {
        var refused = Assert.IsType<MapLoad.Refused>(Read(tmx));
        Assert.Equal(TestFile, refused.File);
        return refused.Reason;
    }

    private static byte[] Finish(Stream packer, MemoryStream packed)
    {
        packer.Dispose();
        return packed.ToArray();
    }
}
