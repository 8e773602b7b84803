using System.Text.RegularExpressions;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>What a map may be called. Names become file names and grain keys, so nothing that means a path is among them.</summary>
public static partial class MapName
{
    /// <summary>Follows a name in a sentence that refuses it.</summary>
    public const string Rule = "is no map name: 1 to 64 letters, digits, '_', '.' or '-', and not only dots";

    public static bool IsValid(string name) => Pattern().IsMatch(name) && name.AsSpan().ContainsAnyExcept('.');

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Pattern();
}
