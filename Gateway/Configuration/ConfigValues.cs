using System.Collections.Immutable;
using System.Net;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>The value of each key: the one that was given, else its default. Asking for a name or type that ConfigKeys does not have is a bug, and throws.</summary>
internal sealed class ConfigValues(HostKind host, IReadOnlyDictionary<string, GivenValue> given, string workingFolder)
{
    public bool IsGiven(string name) => given.ContainsKey(name);

    public int Whole(string name) => (int)Required(name);

    public int? WholeOrNone(string name) => (int?)Of(name)?.Value;

    public double Decimal(string name) => (double)Required(name);

    public bool IsOn(string name) => (bool)Required(name);

    public IPAddress Address(string name) => (IPAddress)Required(name);

    public string? Text(string name) => (string?)Of(name)?.Value;

    public ImmutableArray<string>? List(string name) => (ImmutableArray<string>?)Of(name)?.Value;

    public ImmutableArray<ChannelSetting> Channels(string name) => (ImmutableArray<ChannelSetting>)Required(name);

    /// <summary>Absolute: what a file names begins at that file, everything else at the working directory.</summary>
    public string? Path(string name) => Of(name) is { } path ? System.IO.Path.GetFullPath((string)path.Value, path.Origin.Folder) : null;

    /// <summary>The value and where it came from; null: not given, and there is no default.</summary>
    public GivenValue? Of(string name)
    {
        if (given.TryGetValue(name, out var value))
            return value;
        var key = ConfigKeys.Find(name) ?? throw new InvalidOperationException($"ConfigKeys has no key {name}.");
        return key.DefaultFor(host) is { } text && ValueParser.FromText(key, text) is ParsedValue.Fit fit
            ? new GivenValue(fit.Value, ValueOrigin.Default(workingFolder))
            : null;
    }

    private object Required(string name) => Of(name)?.Value ?? throw new InvalidOperationException($"{name} has neither a value nor a default.");
}
