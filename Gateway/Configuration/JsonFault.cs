using System.Text;
using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Says what is wrong with a JSON file and where, in an editor's line and column.</summary>
internal static class JsonFault
{
    private static readonly JsonReaderOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>"PATH line 1 column 512: expected ',' or '}' after a value, found '"'".</summary>
    public static string Describe(string path, ReadOnlySpan<byte> json, JsonException fault)
    {
        var line = (int)(fault.LineNumber ?? 0);
        var text = Line(json, line);
        var column = Encoding.UTF8.GetCharCount(text[..Math.Min(text.Length, (int)(fault.BytePositionInLine ?? 0))]);
        return $"{path} line {line + 1} column {column + 1}: {Expectation(json, fault)}{Found(text, column)}";
    }

    private static string Expectation(ReadOnlySpan<byte> json, JsonException fault) => fault.Message switch
    {
        var said when said.Contains("is invalid after a value", StringComparison.Ordinal) => $"expected {NextAfterValue(json)} after a value",
        var said when said.Contains("Expected a delimiter", StringComparison.Ordinal) => $"expected {NextAfterValue(json)} after a number",
        var said when said.Contains("start of a property name", StringComparison.Ordinal) => "expected a key in double quotes or '}'",
        var said when said.Contains("start of a value", StringComparison.Ordinal) => "expected a value: \"text\", a number, true, false, [ or {",
        var said when said.Contains("after a property name", StringComparison.Ordinal) => "expected ':' after a key",
        var said when said.Contains("does not contain any JSON tokens", StringComparison.Ordinal) => "expected '{', the file is empty",
        var said when said.Contains("should be closed", StringComparison.Ordinal) => $"expected {NextAfterValue(json)} before the end of the file",
        var said when said.Contains("after a single JSON value", StringComparison.Ordinal) => "expected the end of the file after the last '}'",
        var said => $"expected JSON: {said.Split(" LineNumber:")[0]}",
    };

    // What may stand where the reader stopped depends on the innermost thing that is still open there.
    private static string NextAfterValue(ReadOnlySpan<byte> json)
    {
        var open = new Stack<JsonTokenType>();
        var reader = new Utf8JsonReader(json, Tolerant);
        try
        {
            while (reader.Read())
                Note(open, reader.TokenType);
        }
        catch (JsonException)
        {
            // This is the fault being described; the stack now holds what was open.
        }
        return open.TryPeek(out var innermost) && innermost == JsonTokenType.StartArray ? "',' or ']'" : "',' or '}'";
    }

    private static void Note(Stack<JsonTokenType> open, JsonTokenType token)
    {
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            open.Push(token);
        else if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            open.Pop();
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> json, int number)
    {
        for (; number > 0; number--)
            json = json[(json.IndexOf((byte)'\n') + 1)..];
        var end = json.IndexOf((byte)'\n');
        return end < 0 ? json : json[..end];
    }

    private static string Found(ReadOnlySpan<byte> line, int column)
    {
        var text = Encoding.UTF8.GetString(line);
        return column < text.Length && !char.IsControl(text[column]) ? $", found '{text[column]}'" : "";
    }
}
