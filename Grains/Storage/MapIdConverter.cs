using System.Text.Json;
using System.Text.Json.Serialization;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Storage;

/// <summary>Writes a map's id as its grain key, which an operator can look up; no map is null.</summary>
internal sealed class MapIdConverter : JsonConverter<MapId>
{
    public override bool HandleNull => true;

    public override MapId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, MapId map, JsonSerializerOptions options)
    {
        if (map == default) writer.WriteNullValue();
        else writer.WriteStringValue(map.Key);
    }

    public override MapId ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, MapId map, JsonSerializerOptions options) =>
        writer.WritePropertyName(map.Key);

    private static MapId Parse(string key) =>
        MapId.TryParse(key, out var map) ? map : throw new JsonException($"'{key}' is not the key of a map");
}
