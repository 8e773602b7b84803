using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// The form of stored data: camelCase names, ids as bare values, enums by name, bytes as base64, times in ISO 8601, nulls left
/// out, unknown properties ignored. Any change here changes rows: the golden records fail.
/// </summary>
internal static class RecordJson
{
    // Rows are never put into HTML: names in any script stay readable to an operator.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Readable };

    internal static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            Encoder = Readable,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
                new MapIdConverter(),
                new SingleValueConverter(),
                new ImmutableArrayConverter(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ImmutableArrayConverter.EmptyWhereMissing } },
        };
        options.MakeReadOnly();
        return options;
    }
}
