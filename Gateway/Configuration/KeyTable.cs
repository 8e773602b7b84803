using System.Text;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>The table of keys as Markdown: what docs/configuration.md must show, word for word.</summary>
internal static class KeyTable
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        foreach (var group in ConfigKeys.All.GroupBy(key => key.Group))
        {
            text.Append($"### {group.Key}\n\n| key | host | kit key | value | default | meaning |\n|---|---|---|---|---|---|\n");
            foreach (var key in group)
                text.Append(Row(key));
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Row(ConfigKey key) =>
        $"| `{key.Name}` | {Hosts(key)} | {Fate(key)} | {key.Expected} | {Default(key)} | {key.Meaning}{Remarks(key)} |\n";

    private static string Hosts(ConfigKey key) => key.Hosts == HostKind.Both ? "both" : key.Hosts.ToString();

    private static string Fate(ConfigKey key) => key.Fate == KeyFate.Ours ? "" : key.Fate.ToString().ToLowerInvariant();

    private static string Default(ConfigKey key)
    {
        var words = key.Default is { } text ? $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`" : key.DefaultWords(HostKind.Silo);
        return key.GatewayDefault is { } other ? $"{words}, Gateway `{other}`" : words;
    }

    private static string Remarks(ConfigKey key)
    {
        var old = key.OldNames.IsEmpty ? "" : $" Old names: {string.Join(", ", key.OldNames.Select(name => $"`{name}`"))}.";
        return old + string.Concat(key.RefusedValues.Select(refused => $" `{refused.Key}` is refused: {refused.Value}."));
    }
}
