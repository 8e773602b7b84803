using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Xml.Linq;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// Collects a map's objects and sorts its warps from the rest. Pixels become tiles, which are metres. A shape that is no
/// rectangle counts as the upright rectangle around it, and a rotation is passed over with a warning.
/// </summary>
internal sealed class TiledObjects(int tileWidthPixels, int tileHeightPixels, TiledWarnings warnings)
{
    private const string WarpClass = "warp";

    private readonly ImmutableArray<MapWarp>.Builder _warps = ImmutableArray.CreateBuilder<MapWarp>();
    private readonly ImmutableArray<MapObject>.Builder _others = ImmutableArray.CreateBuilder<MapObject>();

    public ImmutableArray<MapWarp> Warps => _warps.ToImmutable();

    public ImmutableArray<MapObject> Others => _others.ToImmutable();

    public void Add(XElement element)
    {
        if (_warps.Count + _others.Count == TiledLimits.MaxObjects)
            throw new TiledFormatException($"more than {TiledLimits.MaxObjects} objects", element.Line());
        WarnOfWhatIsPassedOver(element);
        string kind = Class(element);
        FrozenDictionary<string, string> properties = TiledProperties.Read(element.Element("properties"), warnings);
        if (kind.Equals(WarpClass, StringComparison.OrdinalIgnoreCase))
            _warps.Add(ReadWarp(element, properties));
        else
            _others.Add(new(kind, element.Text("name"), ReadArea(element), properties));
    }

    /// <summary>Tiled 1.9 wrote "class" what all other versions write as "type".</summary>
    private static string Class(XElement element) =>
        element.Text("type") is { Length: > 0 } type ? type : element.Text("class");

    private MapWarp ReadWarp(XElement element, FrozenDictionary<string, string> properties)
    {
        int line = element.Line();
        string name = element.Text("name") is { Length: > 0 } own ? own : $"warp {element.Text("id")}";
        string? map = properties.GetValueOrDefault("dest_map");
        if (map is null || !MapId.IsName(map))
            throw new TiledFormatException($"warp '{name}': property dest_map is {(map is null ? "missing" : $"'{map}', which {MapName.Rule}")}", line);
        var tile = new MapTile(Destination("dest_x"), Destination("dest_y"));
        return new(name, Covering(ReadArea(element)), map, tile.Middle);

        int Destination(string property) => TiledNumbers.ParseInt(
            properties.GetValueOrDefault(property), $"warp '{name}': property {property}", 0, TiledLimits.MaxSideTiles - 1, line);
    }

    /// <summary>Nobody can step into a point, so a warp without a size covers the tile it lies on.</summary>
    private static MapRectangle Covering(MapRectangle area) => area.Width > 0 && area.Depth > 0
        ? area
        : new(Math.Floor(area.X), Math.Floor(area.Z), Math.Max(1, area.Width), Math.Max(1, area.Depth));

    private MapRectangle ReadArea(XElement element)
    {
        double x = element.Number("x"), y = element.Number("y"), width = element.Number("width"), height = element.Number("height");
        if (width < 0 || height < 0)
            throw new TiledFormatException("an object has a negative size", element.Line());
        // The place of an object that shows a tile is its bottom left corner, that of all others the top left one.
        if (element.Attribute("gid") is not null)
            y -= height;
        if ((element.Element("polygon") ?? element.Element("polyline")) is { } line)
            (x, y, width, height) = Around(line, x, y);
        return new(x / tileWidthPixels, y / tileHeightPixels, width / tileWidthPixels, height / tileHeightPixels);
    }

    /// <summary>The rectangle around points that are given from the object's place on: "0,0 32,16 ...".</summary>
    private static (double X, double Y, double Width, double Height) Around(XElement shape, double x, double y)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (string point in (shape.Attribute("points")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = point.Split(',');
            double px = TiledNumbers.ParseDouble(parts[0], "a point of a shape", shape.Line());
            double py = TiledNumbers.ParseDouble(parts[^1], "a point of a shape", shape.Line());
            (left, top, right, bottom) = (Math.Min(left, px), Math.Min(top, py), Math.Max(right, px), Math.Max(bottom, py));
        }

        return left > right
            ? throw new TiledFormatException("a shape has no points", shape.Line())
            : (x + left, y + top, right - left, bottom - top);
    }

    private void WarnOfWhatIsPassedOver(XElement element)
    {
        if (element.Number("rotation") != 0)
            warnings.Add(element.Line(), $"the rotation of object {element.Text("id")} is passed over");
        if (element.Attribute("template") is not null)
            warnings.Add(element.Line(), $"object {element.Text("id")} has a template, of which nothing is read; detach it in Tiled");
    }
}
