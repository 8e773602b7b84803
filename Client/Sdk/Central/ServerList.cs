using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Central;

/// <summary>The servers a player may choose from, read from the MMORPG KIT's <c>serverList.txt</c>: <c>TITLE, host:port[, secure]</c> a line.</summary>
/// <param name="Servers">In the file's order.</param>
/// <param name="Skipped">Lines that are none, by number, for a warning.</param>
public sealed record ServerList(IReadOnlyList<ServerListEntry> Servers, IReadOnlyList<int> Skipped)
{
    /// <summary>Reads the text. Empty lines and lines that begin with # are passed over; others that cannot be read are listed in Skipped.</summary>
    public static ServerList Parse(string text)
    {
        var servers = new List<ServerListEntry>();
        var skipped = new List<int>();
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (ParseLine(line) is { } entry) servers.Add(entry);
            else skipped.Add(at + 1);
        }

        return new ServerList(servers, skipped);
    }

    /// <summary>The server of this title, ignoring case.</summary>
    public ServerListEntry? Find(string title) => Servers.FirstOrDefault(one => string.Equals(one.Title, title, StringComparison.OrdinalIgnoreCase));

    private static ServerListEntry? ParseLine(string line)
    {
        var fields = line.Split(',');
        if (fields.Length < 2 || !ServerEndpoint.TryParse(fields[1].Trim(), out var endpoint)) return null;
        var secure = fields.Length > 2 && IsYes(fields[2].Trim());
        return new ServerListEntry(fields[0].Trim(), secure ? endpoint with { Secure = true } : endpoint);
    }

    private static bool IsYes(string field) => field.ToLowerInvariant() is "secure" or "true" or "1" or "yes";
}

/// <summary>One server.</summary>
/// <param name="Title">What the player sees.</param>
/// <param name="Endpoint">Where its Central listens.</param>
public sealed record ServerListEntry(string Title, ServerEndpoint Endpoint);
