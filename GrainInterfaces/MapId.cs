namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// One running map: its channel, the map's name and, for a private copy, the instance. Names match
/// <c>[A-Za-z0-9_.-]{1,64}</c>. Only <see cref="Destinations"/> makes one for a player, so that layers and instances have one
/// place to come in.
/// </summary>
[GenerateSerializer, Immutable, Alias("mmo.MapId")]
public readonly record struct MapId([property: Id(0)] string Channel, [property: Id(1)] string Map, [property: Id(2)] string Instance = "")
{
    private const string Prefix = "map:";

    /// <summary>The grain key: <c>map:{channel}/{map}[/{instance}]</c>.</summary>
    public string Key => Instance.Length == 0 ? $"{Prefix}{Channel}/{Map}" : $"{Prefix}{Channel}/{Map}/{Instance}";

    /// <summary>Reads a grain key back; false for anything that no map could have as its key.</summary>
    public static bool TryParse(string key, out MapId id)
    {
        id = default;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var parts = key[Prefix.Length..].Split('/');
        if (parts.Length is not (2 or 3) || !parts.All(IsName))
            return false;
        id = new MapId(parts[0], parts[1], parts.Length == 3 ? parts[2] : "");
        return true;
    }

    /// <summary>True for a legal channel, map or instance name.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= 64 && text is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public override string ToString() => Instance.Length == 0 ? $"{Channel}/{Map}" : $"{Channel}/{Map}/{Instance}";
}
