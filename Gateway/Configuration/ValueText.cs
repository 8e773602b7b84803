using System.Collections.Immutable;
using System.Globalization;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>A value as the text that an argument would give it.</summary>
internal static class ValueText
{
    public static string Of(object value) => value switch
    {
        bool isOn => isOn ? "true" : "false",
        ImmutableArray<string> names => string.Join('|', names),
        ImmutableArray<ChannelSetting> channels => string.Join('|', channels.Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Of(ChannelSetting channel) => string.Create(CultureInfo.InvariantCulture, $"{channel.Id}:{channel.Title}:{channel.MaxConnections}");
}
