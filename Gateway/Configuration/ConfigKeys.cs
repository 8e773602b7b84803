using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Every key that either host reads: the MMORPG KIT's and ours. The one place that knows names, kinds, ranges, defaults and
/// fates; the readers, `--help`, `-writeConfig` and docs/configuration.md are all made from it.
/// </summary>
public static partial class ConfigKeys
{
    /// <summary>All keys, in the order in which help and docs show them.</summary>
    public static ImmutableArray<ConfigKey> All { get; } =
    [
        .. Grouped("Starting", Starting()),
        .. Grouped("Network", Network()),
        .. Grouped("Dashboard and admin", Dashboard()),
        .. Grouped("Cluster", Cluster()),
        .. Grouped("Channels and maps", ChannelsAndMaps()),
        .. Grouped("Roles", Roles()),
        .. Grouped("Accounts", Accounts()),
        .. Grouped("Chat", Chat()),
        .. Grouped("Storage", Storage()),
        .. Grouped("Kit keys without a use here", WithoutUse()),
    ];

    private static readonly FrozenDictionary<string, ConfigKey> ByName = All
        .SelectMany(key => key.OldNames.Prepend(key.Name), (key, name) => KeyValuePair.Create(name, key))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> CaseOf = ByName.Keys.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of that name or old name, exactly as written; null if there is none.</summary>
    public static ConfigKey? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A key's name as the table writes it, however its letters are cased; anything else unchanged. For environment variables, which many write in capitals.</summary>
    public static string InOurCase(string name) => CaseOf.GetValueOrDefault(name, name);

    /// <summary>The known name that <paramref name="name"/> was most likely meant to be; null if none is near.</summary>
    public static string? Nearest(string name)
    {
        var best = ByName.Keys.Select(known => (known, distance: EditDistance.Between(name, known)))
            .OrderBy(candidate => candidate.distance).ThenBy(candidate => candidate.known, StringComparer.Ordinal).First();
        return best.distance <= Math.Max(2, name.Length / 3) ? best.known : null;
    }

    private static IEnumerable<ConfigKey> Grouped(string group, IEnumerable<ConfigKey> keys) => keys.Select(key => key with { Group = group });
}
