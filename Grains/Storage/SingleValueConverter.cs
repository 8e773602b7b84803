using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// Writes an id such as <c>readonly record struct AccountId(Guid Value)</c> as its bare value, also as the key of a dictionary.
/// It applies to every struct whose one constructor takes one argument and which shows it as <c>Value</c>.
/// </summary>
internal sealed class SingleValueConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsValueType && !type.IsGenericType && ValueType(type) is not null;

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options)
    {
        var converter = typeof(Of<,>).MakeGenericType(type, ValueType(type)!);
        return (JsonConverter)Activator.CreateInstance(converter, options)!;
    }

    private static Type? ValueType(Type type)
    {
        if (type.GetConstructors() is not [var only] || only.GetParameters() is not [var parameter]) return null;
        return type.GetProperty("Value")?.PropertyType == parameter.ParameterType ? parameter.ParameterType : null;
    }

    private sealed class Of<TId, TValue>(JsonSerializerOptions options) : JsonConverter<TId> where TId : struct where TValue : notnull
    {
        private static readonly Func<TValue, TId> Make = Maker();
        private static readonly Func<TId, TValue> Value = Getter();
        private readonly JsonConverter<TValue> _inner = (JsonConverter<TValue>)options.GetConverter(typeof(TValue));

        // The default of a struct around a text holds no text: it is written as null and read again as the default.
        public override bool HandleNull => true;

        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? default : Make(_inner.Read(ref reader, typeof(TValue), options)!);

        public override void Write(Utf8JsonWriter writer, TId id, JsonSerializerOptions options)
        {
            if (Value(id) is { } value) _inner.Write(writer, value, options);
            else writer.WriteNullValue();
        }

        public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Make(_inner.ReadAsPropertyName(ref reader, typeof(TValue), options));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TId id, JsonSerializerOptions options) =>
            _inner.WriteAsPropertyName(writer, Value(id), options);

        private static Func<TValue, TId> Maker()
        {
            var value = Expression.Parameter(typeof(TValue));
            return Expression.Lambda<Func<TValue, TId>>(Expression.New(typeof(TId).GetConstructors()[0], value), value).Compile();
        }

        private static Func<TId, TValue> Getter()
        {
            var id = Expression.Parameter(typeof(TId));
            return Expression.Lambda<Func<TId, TValue>>(Expression.Property(id, "Value"), id).Compile();
        }
    }
}
