namespace MmoOrleans.Grains.Maps.Data;

/// <summary>How large a Tiled map may be. Beyond any of these the file is refused, with the limit in the reason.</summary>
internal static class TiledLimits
{
    public const int MaxSideTiles = 4096;

    public const int MaxTileSizePixels = 4096;

    public const long MaxFileBytes = 64L * 1024 * 1024;

    public const int MaxObjects = 10_000;

    /// <summary>Of one object, or of the map itself.</summary>
    public const int MaxProperties = 64;

    /// <summary>Of a name, a class, a property's name and its value, in characters.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>How deep groups may lie in groups.</summary>
    public const int MaxGroupDepth = 16;

    /// <summary>The warnings that are told; of the rest, only how many there are.</summary>
    public const int MaxWarnings = 20;
}
