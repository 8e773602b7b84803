using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Writes immutable arrays as arrays, those of bytes as base64. The uninitialised array, on which every member throws, is
/// written as an empty one and never read: a row that lacks the property gives the empty array too.
/// </summary>
internal sealed class ImmutableArrayConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()[0]))!;

    internal static void EmptyWhereMissing(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsValueType) return;
        foreach (var property in type.Properties)
        {
            if (property is not { Get: { } get, Set: { } set } || Empty(property.PropertyType) is not { } empty) continue;
            var uninitialised = Activator.CreateInstance(property.PropertyType)!;
            type.OnDeserialized += record =>
            {
                if (uninitialised.Equals(get(record))) set(record, empty);
            };
        }
    }

    private static object? Empty(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        ? type.GetField(nameof(ImmutableArray<>.Empty))!.GetValue(null)
        : null;

    private sealed class Of<T> : JsonConverter<ImmutableArray<T>>
    {
        public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ImmutableCollectionsMarshal.AsImmutableArray(JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T> array, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, ImmutableCollectionsMarshal.AsArray(array) ?? [], options);
    }
}
