using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Keeps the value that counts for each key. Sources are read in the order of their priority, so the first source that names a
/// key wins, and what a later one says about it is not even looked at: a bad value in a file can be overridden.
/// </summary>
internal sealed class ValueCollector(HostKind host, Findings findings)
{
    private const int LongestShown = 80;

    private readonly Dictionary<string, ValueOrigin> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GivenValue> _given = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, GivenValue> Given => _given;

    public void Take(string name, string text, ValueOrigin origin)
    {
        if (Wanted(name, origin) is { } key && !ValueParser.IsNotSet(key, text) && Decides(key, origin))
            Keep(key, ValueParser.FromText(key, text), $"\"{text}\"", origin);
    }

    public void Take(string name, JsonElement element, ValueOrigin origin)
    {
        if (Wanted(name, origin) is not { } key || IsNotSet(key, element) || !Decides(key, origin))
            return;
        Keep(key, ValueParser.FromJson(key, element), element.GetRawText(), origin);
    }

    /// <summary>Says which key was most likely meant.</summary>
    public void WarnOfUnknown(string name, ValueOrigin origin)
    {
        var nearest = ConfigKeys.Nearest(name);
        var advice = nearest is null ? "--help lists all keys" : $"did you mean {origin.Prefix}{nearest}?";
        if (string.Equals(nearest, name, StringComparison.OrdinalIgnoreCase))
            advice += " Upper and lower case matter.";
        findings.Warn($"{origin.Prefix}{Shortened(name)} ({origin.Words}) is unknown and ignored; {advice}");
    }

    // Null for what this host does not read; the reasons an operator should hear are said here.
    private ConfigKey? Wanted(string name, ValueOrigin origin)
    {
        if (ConfigKeys.Find(name) is not { } key)
        {
            WarnOfUnknown(name, origin);
            return null;
        }
        if (key.Name != name)
            findings.Warn($"{origin.Prefix}{name} ({origin.Words}) is the old name of {key.Name}");
        if (key.Hosts.HasFlag(host) && (!key.IsArgumentOnly || origin.IsCommandLine))
            return key;
        if (key.IsArgumentOnly)
            findings.Warn($"{origin.Prefix}{name} ({origin.Words}) is ignored; it works as an argument only");
        else if (origin.IsCommandLine)
            findings.Warn($"-{name} is ignored; it is a key of the {key.Hosts} host");
        return null;
    }

    private bool Decides(ConfigKey key, ValueOrigin origin)
    {
        if (_decided.TryAdd(key.Name, origin))
            return true;
        if (_decided[key.Name] != origin)
            return false;
        findings.Warn($"{origin.Prefix}{key.Name} ({origin.Words}) is given more than once; the last one counts");
        return true;
    }

    private void Keep(ConfigKey key, ParsedValue parsed, string shown, ValueOrigin origin)
    {
        if (parsed is ParsedValue.Unfit unfit)
            findings.Refuse($"{key.Name} = {(key.IsSecret ? "(not shown)" : Shortened(shown))} ({origin.Words}): expected {unfit.Expected}");
        else if (parsed is ParsedValue.Fit fit)
            Keep(key, fit, origin);
    }

    private void Keep(ConfigKey key, ParsedValue.Fit fit, ValueOrigin origin)
    {
        _given[key.Name] = new GivenValue(fit.Value, origin);
        if (fit.Remark is { } remark)
            findings.Warn($"{key.Name} ({origin.Words}): {remark}");
        if (key.Fate == KeyFate.Accepted)
            findings.Warn($"{key.Name} changes nothing: {key.Why}");
        var text = ValueText.Of(fit.Value);
        if (key.RefusedValues.TryGetValue(text, out var sentence))
            findings.Refuse($"{key.Name} = {text} ({origin.Words}): {sentence}");
    }

    private static bool IsNotSet(ConfigKey key, JsonElement element) =>
        element.ValueKind == JsonValueKind.Null || (element.ValueKind == JsonValueKind.String && ValueParser.IsNotSet(key, element.GetString()!));

    private static string Shortened(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
