using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// Decodes the text of a tile layer into its tiles, left to right, top to bottom. The number of tiles is known before, so no
/// more is ever unpacked than that and one byte, however much a compressed layer claims to hold.
/// </summary>
internal static class TiledTiles
{
    private const int BytesPerTile = sizeof(uint);

    /// <summary>The upper three bits tell how the tile is turned. They are no part of its number.</summary>
    private const uint FlipBits = 0xE000_0000;

    /// <summary>Whether the layer has a tile there, whichever way it is turned.</summary>
    public static bool IsTile(uint gid) => (gid & ~FlipBits) != 0;

    public static uint[] DecodeCsv(string text, int count, int line)
    {
        var tiles = new uint[count];
        int read = 0;
        foreach (Range range in text.AsSpan().Split(','))
        {
            if (read == count)
                throw TooMany(count, line);
            tiles[read] = ParseGid(text.AsSpan(range).Trim(), read, line);
            read++;
        }

        return read == count ? tiles : throw TooFew(read, count, line);
    }

    public static uint[] DecodeBase64(string text, string compression, int count, int line)
    {
        byte[] packed = FromBase64(text, line);
        try
        {
            using Stream stream = Unpack(packed, compression, line);
            return ReadTiles(stream, count, line);
        }
        catch (InvalidDataException broken)
        {
            throw new TiledFormatException($"the {compression} data of the layer is damaged: {broken.Message}", line);
        }
    }

    public static uint ParseGid(ReadOnlySpan<char> text, int index, int line) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint gid)
            ? gid
            : throw new TiledFormatException($"tile {index} of the layer is '{text[..Math.Min(text.Length, 40)]}', expected a tile number", line);

    public static TiledFormatException TooMany(int count, int line) =>
        new($"the layer has more than the {count} tiles of the map", line);

    public static TiledFormatException TooFew(int read, int count, int line) =>
        new($"the layer ends after {read} tiles, the map has {count}", line);

    private static byte[] FromBase64(string text, int line)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException broken)
        {
            throw new TiledFormatException($"the layer is not base64: {broken.Message}", line);
        }
    }

    private static Stream Unpack(byte[] packed, string compression, int line)
    {
        var stream = new MemoryStream(packed, writable: false);
        return compression switch
        {
            "" => stream,
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "zlib" => new ZLibStream(stream, CompressionMode.Decompress),
            _ => throw new TiledFormatException(
                $"compression '{compression}' is not read; set the map's Tile Layer Format to CSV, Base64 plain, gzip or zlib", line),
        };
    }

    private static uint[] ReadTiles(Stream stream, int count, int line)
    {
        var bytes = new byte[count * BytesPerTile];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw TooFew(read / BytesPerTile, count, line);
        if (stream.ReadByte() >= 0)
            throw TooMany(count, line);
        var tiles = new uint[count];
        for (int i = 0; i < count; i++)
            tiles[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * BytesPerTile));
        return tiles;
    }
}
