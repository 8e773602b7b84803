using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Reads one value. Arguments, variables, defaults and the scalars of a file all go through the same text form, so "7000" and
/// 7000 mean the same everywhere; only lists have a form of their own in a file.
/// </summary>
internal static class ValueParser
{
    public static ParsedValue FromText(ConfigKey key, string text) => key.Kind switch
    {
        KeyKind.Address => Address(text.Trim()) is { } address ? new ParsedValue.Fit(address) : Unfit(key),
        KeyKind.Whole => Whole(text) is { } number && IsWithin(key, number) ? new ParsedValue.Fit(number) : Unfit(key),
        KeyKind.Port => Whole(text) is { } port and >= 0 and <= ConfigKey.HighestPort ? new ParsedValue.Fit(port) : Unfit(key),
        KeyKind.Decimal => Decimal(text) is { } number && IsWithin(key, number) ? new ParsedValue.Fit(number) : Unfit(key),
        KeyKind.Switch => bool.TryParse(text, out var isOn) ? new ParsedValue.Fit(isOn) : Unfit(key),
        KeyKind.Choice => key.Choices.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase) ? new ParsedValue.Fit(text.Trim()) : Unfit(key),
        KeyKind.List => new ParsedValue.Fit(List(text)),
        KeyKind.Channels => ChannelParser.FromText(key, text),
        _ => new ParsedValue.Fit(text),
    };

    public static ParsedValue FromJson(ConfigKey key, JsonElement element) => (key.Kind, element.ValueKind) switch
    {
        (KeyKind.Anything, _) => new ParsedValue.Fit(element.GetRawText()),
        (KeyKind.List, JsonValueKind.Array) => List(key, element),
        (KeyKind.Channels, JsonValueKind.Array) => ChannelParser.FromJson(key, element),
        (KeyKind.Switch, JsonValueKind.True or JsonValueKind.False) => new ParsedValue.Fit(element.GetBoolean()),
        (_, JsonValueKind.String) => FromText(key, element.GetString()!),
        (not KeyKind.Switch, JsonValueKind.Number) => FromText(key, element.GetRawText()),
        _ => Unfit(key),
    };

    /// <summary>An empty text, or null in a file, is how the kit writes "not set".</summary>
    public static bool IsNotSet(ConfigKey key, string text) => text.Length == 0 && key.Kind is KeyKind.Text or KeyKind.Path or KeyKind.Address or KeyKind.Choice or KeyKind.Anything;

    /// <summary>`a|b|c`. Spaces around a name and empty places are dropped: no map or channel is called that.</summary>
    public static ImmutableArray<string> List(string text) =>
        [.. text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static ParsedValue List(ConfigKey key, JsonElement array)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                return Unfit(key);
            names.Add(item.ToString().Trim());
        }
        names.RemoveAll(name => name.Length == 0);
        return new ParsedValue.Fit(names.ToImmutable());
    }

    // IPAddress reads "7000" as 0.0.27.88; nobody means that.
    private static IPAddress? Address(string text) => text switch
    {
        "localhost" => IPAddress.Loopback,
        _ when text.Contains(':') || text.Count(letter => letter == '.') == 3 => IPAddress.TryParse(text, out var address) ? address : null,
        _ => null,
    };

    private static int? Whole(string text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Decimal(string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsWithin(ConfigKey key, double number) => number >= key.Minimum && number <= key.Maximum;

    private static ParsedValue.Unfit Unfit(ConfigKey key) => new(key.Expected);
}
