using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Reads channels. MaxConnections is 0 where none is named: SettingsBuilder knows the default.</summary>
internal static class ChannelParser
{
    private static readonly ImmutableArray<string> Members = ["id", "title", "maxConnections"];

    /// <summary>`id[:title[:maxConnections]]`, separated by `|`.</summary>
    public static ParsedValue FromText(ConfigKey key, string text) => Each(key, ValueParser.List(text), FromText);

    /// <summary>Objects {id, title, maxConnections}; a bare text or number is an id.</summary>
    public static ParsedValue FromJson(ConfigKey key, JsonElement array) => Each(key, array.EnumerateArray(), FromJson);

    private static ParsedValue Each<T>(ConfigKey key, IEnumerable<T> entries, Func<T, ParsedValue> read)
    {
        var channels = ImmutableArray.CreateBuilder<ChannelSetting>();
        var remarks = new List<string>();
        foreach (var entry in entries)
        {
            var parsed = read(entry);
            if (parsed is ParsedValue.Unfit unfit)
                return new ParsedValue.Unfit($"{key.Expected}; of entry {channels.Count + 1}, {unfit.Expected}");
            var fit = (ParsedValue.Fit)parsed;
            channels.Add((ChannelSetting)fit.Value);
            if (fit.Remark is { } remark)
                remarks.Add($"entry {channels.Count}: {remark}");
        }
        return new ParsedValue.Fit(channels.ToImmutable(), remarks.Count == 0 ? null : string.Join("; ", remarks));
    }

    private static ParsedValue FromText(string entry)
    {
        var parts = entry.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length > 3)
            return new ParsedValue.Unfit("at most id:title:maxConnections");
        return Channel(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }

    private static ParsedValue FromJson(JsonElement entry) => entry.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => Channel(entry.ToString(), null, null),
        JsonValueKind.Object => FromObject(entry),
        _ => new ParsedValue.Unfit("an object {id, title, maxConnections}"),
    };

    private static ParsedValue FromObject(JsonElement entry)
    {
        foreach (var name in Members)
        {
            if (entry.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
                return new ParsedValue.Unfit($"{name} as text or number");
        }
        var parsed = Channel(Text(entry, "id"), Text(entry, "title"), Text(entry, "maxConnections"));
        var unknown = entry.EnumerateObject().Select(member => member.Name).Where(name => !Members.Contains(name)).ToArray();
        return parsed is ParsedValue.Fit fit && unknown.Length > 0
            ? fit with { Remark = $"{string.Join(", ", unknown)} is unknown; known are {string.Join(", ", Members)}" }
            : parsed;
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var member) ? member.ToString() : null;

    private static ParsedValue Channel(string? id, string? title, string? maxConnections)
    {
        var most = 0;
        if (!string.IsNullOrEmpty(maxConnections) && !int.TryParse(maxConnections, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out most))
            return new ParsedValue.Unfit("maxConnections as a whole number");
        id = (id ?? "").Trim();
        return new ParsedValue.Fit(new ChannelSetting(id, string.IsNullOrWhiteSpace(title) ? id : title, Math.Max(0, most)));
    }
}
