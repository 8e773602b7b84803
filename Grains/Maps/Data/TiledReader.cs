using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// Reads one map as the Tiled editor saves it (orthogonal, finite). It goes through the file once and keeps only what a
/// server needs: the layers named Collision, the objects and the map's properties. All other layers, their encodings and the
/// tilesets are skipped unread, so the files that a tileset names need not exist.
/// </summary>
internal sealed class TiledReader
{
    private const string CollisionLayer = "Collision";

    private readonly string _name;
    private readonly XmlReader _xml;
    private readonly TiledWarnings _warnings = new();
    private readonly int _width;
    private readonly int _height;
    private readonly TiledObjects _objects;
    private FrozenDictionary<string, string> _properties = FrozenDictionary<string, string>.Empty;
    private BitArray? _blocked;

    private TiledReader(string name, XmlReader xml)
    {
        (_name, _xml) = (name, xml);
        _xml.MoveToContent();
        if (_xml.LocalName != "map")
            throw Broken($"the file holds a <{_xml.LocalName}>, expected a <map>");
        RefuseOtherKinds();
        _width = Size("width", TiledLimits.MaxSideTiles);
        _height = Size("height", TiledLimits.MaxSideTiles);
        _objects = new(Size("tilewidth", TiledLimits.MaxTileSizePixels), Size("tileheight", TiledLimits.MaxTileSizePixels), _warnings);
    }

    private int TileCount => _width * _height;

    private int Line => ((IXmlLineInfo)_xml).LineNumber;

    /// <summary>Either a map or the reason why not. Throws only what reading the stream throws.</summary>
    public static MapLoad Read(string name, string file, Stream tmx)
    {
        try
        {
            if (tmx.Length > TiledLimits.MaxFileBytes)
                throw new TiledFormatException($"the file has {tmx.Length} bytes, the limit is {TiledLimits.MaxFileBytes}", 0);
            using var xml = XmlReader.Create(tmx, Settings());
            return new TiledReader(name, xml).Read();
        }
        catch (Exception broken) when (broken is TiledFormatException or XmlException)
        {
            return new MapLoad.Refused(file, broken.Message);
        }
    }

    /// <summary>A map needs no document type, and one may name other files or grow without end: refused.</summary>
    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = TiledLimits.MaxFileBytes,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    private MapLoad.Loaded Read()
    {
        ReadLayers(0);
        if (_blocked is null)
            _warnings.Add($"there is no layer named {CollisionLayer}, so one can walk everywhere");
        BitArray blocked = _blocked ?? new(TileCount);
        var grid = new BlockedGrid(_width, _height, (x, z) => blocked[(z * _width) + x]);
        var map = new MapData(_name, default, grid, FindStart(grid).Middle, _objects.Warps, _objects.Others);
        return new(map, _warnings.ToImmutable());
    }

    private void RefuseOtherKinds()
    {
        if (_xml.GetAttribute("orientation") is var orientation and not "orthogonal")
            throw Broken($"the map's orientation is '{orientation}', only orthogonal maps are read");
        if (_xml.GetAttribute("infinite") is not (null or "0"))
            throw Broken("the map is infinite; clear Infinite in its properties in Tiled");
    }

    private int Size(string attribute, int max) =>
        TiledNumbers.ParseInt(_xml.GetAttribute(attribute), $"the map's {attribute}", 1, max, Line);

    private void ReadLayers(int depth)
    {
        if (depth > TiledLimits.MaxGroupDepth)
            throw Broken($"groups lie more than {TiledLimits.MaxGroupDepth} deep");
        foreach (string child in Children())
            switch (child)
            {
                case "layer": ReadTileLayer(); break;
                case "objectgroup": ReadObjectLayer(); break;
                case "group": ReadLayers(depth + 1); break;
                case "properties" when depth == 0: _properties = TiledProperties.Read(ReadElement(), _warnings); break;
                default: _xml.Skip(); break;
            }
    }

    private void ReadTileLayer()
    {
        if (!CollisionLayer.Equals(_xml.GetAttribute("name"), StringComparison.OrdinalIgnoreCase))
        {
            _xml.Skip();
            return;
        }

        WarnOfOffset();
        RefuseOtherSize("width", _width);
        RefuseOtherSize("height", _height);
        ReadTileLayerData();
    }

    private void ReadTileLayerData()
    {
        int line = Line;
        bool hasData = false;
        foreach (string child in Children())
            if (child == "data")
            {
                Block(ReadTiles());
                hasData = true;
            }
            else
            {
                _xml.Skip();
            }

        if (!hasData)
            throw new TiledFormatException($"the layer {CollisionLayer} has no data", line);
    }

    private void RefuseOtherSize(string attribute, int size)
    {
        if (_xml.GetAttribute(attribute) is { } own && own != size.ToString(CultureInfo.InvariantCulture))
            throw Broken($"the layer's {attribute} is '{own}', the map's is {size}");
    }

    private uint[] ReadTiles()
    {
        string? encoding = _xml.GetAttribute("encoding");
        string compression = _xml.GetAttribute("compression") ?? "";
        int line = Line;
        return encoding switch
        {
            null or "" => ReadTileElements(line),
            "csv" => TiledTiles.DecodeCsv(_xml.ReadElementContentAsString(), TileCount, line),
            "base64" => TiledTiles.DecodeBase64(_xml.ReadElementContentAsString(), compression, TileCount, line),
            _ => throw Broken($"encoding '{encoding}' is not read, only csv, base64 and tile elements are"),
        };
    }

    private uint[] ReadTileElements(int line)
    {
        var tiles = new uint[TileCount];
        int read = 0;
        foreach (string child in Children())
        {
            if (child != "tile")
                throw Broken($"a <{child}> among the tiles of a layer");
            if (read == tiles.Length)
                throw TiledTiles.TooMany(TileCount, Line);
            tiles[read] = TiledTiles.ParseGid(_xml.GetAttribute("gid") ?? "0", read, Line);
            read++;
            _xml.Skip();
        }

        return read == tiles.Length ? tiles : throw TiledTiles.TooFew(read, TileCount, line);
    }

    /// <summary>Several Collision layers add up.</summary>
    private void Block(uint[] tiles)
    {
        _blocked ??= new(TileCount);
        for (int i = 0; i < tiles.Length; i++)
            if (TiledTiles.IsTile(tiles[i]))
                _blocked[i] = true;
    }

    private void ReadObjectLayer()
    {
        WarnOfOffset();
        foreach (string child in Children())
            if (child == "object")
                _objects.Add(ReadElement());
            else
                _xml.Skip();
    }

    private void WarnOfOffset()
    {
        if (_xml.GetAttribute("offsetx") is not (null or "0") || _xml.GetAttribute("offsety") is not (null or "0"))
            _warnings.Add(Line, $"the offset of layer '{_xml.GetAttribute("name")}' is passed over");
    }

    private MapTile FindStart(BlockedGrid grid)
    {
        string? x = _properties.GetValueOrDefault("start_x"), z = _properties.GetValueOrDefault("start_y");
        if (x is null && z is null)
            return grid.NearestFree(new(_width / 2, _height / 2)) ?? throw new TiledFormatException("no tile of the map is walkable", 0);
        var start = new MapTile(
            TiledNumbers.ParseInt(x, "the map's property start_x", 0, _width - 1, 0),
            TiledNumbers.ParseInt(z, "the map's property start_y", 0, _height - 1, 0));
        return grid[start.X, start.Z]
            ? throw new TiledFormatException($"the start, tile {start.X}, {start.Z}, is blocked", 0)
            : start;
    }

    /// <summary>
    /// Goes from child to child of the current element and then behind it. Whoever is given one must leave it behind too:
    /// skip it, read it, or go through its children.
    /// </summary>
    private IEnumerable<string> Children()
    {
        int depth = _xml.Depth;
        bool isEmpty = _xml.IsEmptyElement;
        _xml.Read();
        while (!isEmpty && _xml.Depth > depth)
            if (_xml.NodeType == XmlNodeType.Element)
                yield return _xml.LocalName;
            else
                _xml.Read();
        if (!isEmpty)
            _xml.Read();
    }

    /// <summary>The current element as a whole, for the small ones. Leaves it behind.</summary>
    private XElement ReadElement()
    {
        XElement element;
        using (XmlReader inside = _xml.ReadSubtree())
            element = XElement.Load(inside, LoadOptions.SetLineInfo);
        _xml.Read();
        return element;
    }

    private TiledFormatException Broken(string reason) => new(reason, Line);
}
