using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// What a map may be called, in words. <see cref="MapId.IsName"/> decides: names become file names and grain keys, so nothing
/// that means a path is among them.
/// </summary>
internal static class MapName
{
    /// <summary>Follows a name in a sentence that refuses it.</summary>
    public const string Rule = "is no map name: 1 to 64 letters, digits, '_', '.' or '-', and neither '.' nor '..'";
}
