using System.Text.Json;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

/// <summary>Three valid values for a key, none of them its default, that any source can give.</summary>
internal static class SampleOfEachKey
{
    public static string[] Texts(ConfigKey key) => key.Kind switch
    {
        KeyKind.Address => ["127.0.0.2", "127.0.0.3", "127.0.0.4"],
        KeyKind.Port => ["21001", "21002", "21003"],
        KeyKind.Whole or KeyKind.Decimal => [$"{key.Maximum}", $"{key.Maximum - 1}", $"{key.Maximum - 2}"],
        KeyKind.Choice => [.. key.Choices],
        KeyKind.List => ["a|b", "c", "d"],
        KeyKind.Channels => ["a:Channel a:5", "b:Channel b:6|c:Channel c:7", "d:Channel d:8"],
        _ => ["one", "two", "three"],
    };

    public static string Json(ConfigKey key, string text) => key.Kind switch
    {
        KeyKind.Whole or KeyKind.Decimal or KeyKind.Port => text,
        KeyKind.List => JsonSerializer.Serialize(text.Split('|')),
        KeyKind.Channels => JsonSerializer.Serialize(text.Split('|').Select(entry => entry.Split(':')).Select(parts => new { id = parts[0], title = parts[1], maxConnections = int.Parse(parts[2]) })),
        _ => JsonSerializer.Serialize(text),
    };
}
