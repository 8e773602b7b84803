using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Storage;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Writes stored records as <c>{"v":1,"data":{...}}</c>: the version first, so that a row of a newer program is refused before
/// anything of it is understood, and no .NET type names, so that classes can move. See <see cref="RecordJson"/> for the form of the data.
/// </summary>
public sealed class RecordSerializer : IGrainStorageSerializer
{
    /// <summary>The largest row. Beyond it the write fails; a record near it should have become several.</summary>
    public const int MaxRecordBytes = 4 * 1024 * 1024;

    private static readonly ConcurrentDictionary<Type, StoredRecordAttribute> Forms = new();

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RecordJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", FormOf(typeof(T)).Version);
            writer.WritePropertyName("data");
            JsonSerializer.Serialize(writer, record, RecordJson.Options);
            writer.WriteEndObject();
        }

        if (buffer.WrittenCount <= MaxRecordBytes) return new BinaryData(buffer.WrittenMemory);
        throw new UnreadableRecordException($"{typeof(T).Name} would be a row of {buffer.WrittenCount} bytes, more than {MaxRecordBytes}.");
    }

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData row)
    {
        try
        {
            return Read<T>(row);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw new UnreadableRecordException($"A stored row of {typeof(T).Name} is not in its form: {broken.Message}", broken);
        }
    }

    T IGrainStorageSerializer.Deserialize<T>(BinaryData row) => Deserialize<T>(row)!;

    private static T? Read<T>(BinaryData row)
    {
        var form = FormOf(typeof(T));
        var reader = new Utf8JsonReader(row.ToMemory().Span);
        var version = ReadVersion(ref reader);
        if (version > form.Version)
            throw new UnreadableRecordException($"A stored row of {typeof(T).Name} has version {version}, written by a newer program; this one knows versions up to {form.Version}. Run the newer program.");
        if (version == form.Version) return JsonSerializer.Deserialize<T>(ref reader, RecordJson.Options);
        return Upgraded<T>(JsonNode.Parse(ref reader), form, version);
    }

    private static int ReadVersion(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject
            && ReadName(ref reader, "v"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version > 0
            && ReadName(ref reader, "data"u8)
            && reader.Read())
            return version;
        throw new JsonException("it does not start with {\"v\":VERSION,\"data\":");
    }

    private static bool ReadName(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);

    private static T? Upgraded<T>(JsonNode? data, StoredRecordAttribute form, int version)
    {
        if (data is null) return default;
        if (form.Upgrade is null)
            throw new UnreadableRecordException($"{typeof(T).Name} is at version {form.Version} and names no upgrade for its stored row of version {version}.");
        var upgrade = (IRecordUpgrade)Activator.CreateInstance(form.Upgrade)!;
        upgrade.Upgrade(data.AsObject(), version);
        return data.Deserialize<T>(RecordJson.Options);
    }

    private static StoredRecordAttribute FormOf(Type record) => Forms.GetOrAdd(record, static type =>
        type.GetCustomAttribute<StoredRecordAttribute>()
            ?? throw new UnreadableRecordException($"{type.Name} is stored but says no version: mark it [StoredRecord(1)]."));
}
