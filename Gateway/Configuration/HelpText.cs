using System.Text;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>What `--help` prints: the table of keys as text.</summary>
internal static class HelpText
{
    public static string Of(HostKind host)
    {
        var text = new StringBuilder();
        text.AppendLine($"MmoOrleans {host} {ServerInstance.Version}");
        text.AppendLine($"usage: {host} [-key value ...]   (during development: dotnet run --project {host} -- [-key value ...])");
        text.AppendLine("A key is read from the command line, else from the environment (MMO_ + key), else from the file, else its default applies.");
        text.AppendLine("Lists are a|b|c; -key alone is true, -key false is false. Relative paths in a file begin at that file.");
        foreach (var group in ConfigKeys.All.GroupBy(key => key.Group))
            AppendGroup(text, group, host);
        text.AppendLine().AppendLine("Exit codes: 0 stopped, 2 configuration, 3 a port is in use, 4 storage unreachable, 1 anything else.");
        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, IGrouping<string, ConfigKey> group, HostKind host)
    {
        text.AppendLine().AppendLine(group.Key);
        foreach (var key in group)
        {
            text.AppendLine($"  -{key.Name}: {key.Expected}. Default: {key.DefaultWords(host)}");
            text.AppendLine($"      {key.Meaning}{Remarks(key, host)}");
        }
    }

    private static string Remarks(ConfigKey key, HostKind host)
    {
        var remarks = new StringBuilder();
        if (!key.OldNames.IsEmpty)
            remarks.Append($" Old names: {string.Join(", ", key.OldNames)}.");
        foreach (var (value, sentence) in key.RefusedValues)
            remarks.Append($" {value} is refused: {sentence}.");
        if (!key.Hosts.HasFlag(host))
            remarks.Append($" Read by the {key.Hosts} host only.");
        return remarks.ToString();
    }
}
