using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

/// <summary>Settings as text, because two records with equal arrays are not equal themselves.</summary>
internal static class SettingsText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Converters = { new AddressAsText() } };

    public static string Of(ServerSettings settings) => JsonSerializer.Serialize(settings with { ConfigFile = null }, Options);

    private sealed class AddressAsText : JsonConverter<IPAddress>
    {
        public override IPAddress Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => IPAddress.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
