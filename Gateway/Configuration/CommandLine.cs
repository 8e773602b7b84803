namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// The kit's argument form: `-key value`, names matched exactly, and the next word is the value even if it begins with a dash.
/// A switch may stand alone; unlike the kit, `-key false` turns it off.
/// </summary>
internal sealed class CommandLine(IReadOnlyList<string> arguments)
{
    public bool AsksForHelp => arguments.Any(word => word is "--help" or "-help" or "-h" or "-?");

    public bool AsksForVersion => arguments.Any(word => word is "--version" or "-version");

    public void ReadInto(ValueCollector collector, Findings findings, ValueOrigin origin)
    {
        for (var at = 0; at < arguments.Count;)
            at += ReadOne(at, collector, findings, origin);
    }

    // Returns how many words it used up.
    private int ReadOne(int at, ValueCollector collector, Findings findings, ValueOrigin origin)
    {
        var word = arguments[at];
        if (!word.StartsWith('-'))
        {
            findings.Warn($"argument \"{WithoutValue(word)}\" is ignored; it follows no key");
            return 1;
        }
        var name = word[1..];
        return ConfigKeys.Find(name) switch
        {
            null => PassOver(at, name.TrimStart('-'), collector, origin),
            { Kind: KeyKind.Switch } => ReadSwitch(at, name, collector, origin),
            _ => ReadValue(at, name, collector, findings, origin),
        };
    }

    private int PassOver(int at, string name, ValueCollector collector, ValueOrigin origin)
    {
        collector.WarnOfUnknown(WithoutValue(name), origin);
        return !name.Contains('=', StringComparison.Ordinal) && HasPlainWordAfter(at) ? 2 : 1;
    }

    private int ReadSwitch(int at, string name, ValueCollector collector, ValueOrigin origin)
    {
        var hasValue = HasPlainWordAfter(at);
        collector.Take(name, hasValue ? arguments[at + 1] : "true", origin);
        return hasValue ? 2 : 1;
    }

    private int ReadValue(int at, string name, ValueCollector collector, Findings findings, ValueOrigin origin)
    {
        if (at + 1 < arguments.Count)
            collector.Take(name, arguments[at + 1], origin);
        else
            findings.Refuse($"-{name} (argument) is the last word: expected a value after it, {ConfigKeys.Find(name)!.Expected}");
        return 2;
    }

    /// <summary>Some write -key=value, or forget the quotes around a connection string: what follows may be a secret, and is not repeated.</summary>
    private static string WithoutValue(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? word[..end] : word;

    private bool HasPlainWordAfter(int at) => at + 1 < arguments.Count && !arguments[at + 1].StartsWith('-');
}
