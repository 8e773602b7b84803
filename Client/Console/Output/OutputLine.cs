using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MmoOrleans.ConsoleClient.Output;

/// <summary>One line of output: a word or two, then <c>key=value</c> pairs that a script can cut apart.</summary>
public sealed class OutputLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _line;

    private OutputLine(string start) => _line = new StringBuilder(start);

    public static OutputLine Ok(string command) => new($"ok {command}");

    public static OutputLine Item(string kind) => new($"item {kind}");

    public static OutputLine Event(string kind) => new($"event {kind}");

    /// <summary>The pairs alone, behind words of a sentence.</summary>
    public static OutputLine Of(string start) => new(start);

    /// <summary>A value; one that could be cut wrongly (empty, with spaces, quotes or signs of ours) as a JSON string.</summary>
    public OutputLine With(string key, string value) => Append(key, IsPlain(value) ? value : Quoted(value));

    /// <summary>Free text: always a JSON string, so that scripts need not guess.</summary>
    public OutputLine WithText(string key, string text) => Append(key, Quoted(text));

    /// <summary>A count or an id.</summary>
    public OutputLine With(string key, long count) => Append(key, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A measure: a dot and two decimals.</summary>
    public OutputLine With(string key, float measure)
    {
        var rounded = Math.Round((double)measure, 2, MidpointRounding.AwayFromZero);
        return Append(key, (rounded == 0 ? 0 : rounded).ToString("F2", CultureInfo.InvariantCulture));
    }

    public OutputLine With(Vector3 position) => With("x", position.X).With("y", position.Y).With("z", position.Z);

    public override string ToString() => _line.ToString();

    private OutputLine Append(string key, string value)
    {
        _line.Append(' ').Append(key).Append('=').Append(value);
        return this;
    }

    public static string Quoted(string value) => EscapeUnseen(JsonSerializer.Serialize(value, Readable));

    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(one => one is not ('"' or '\\' or '=') && !char.IsWhiteSpace(one) && !char.IsControl(one) && !IsUnseen(one));

    /// <summary>What turns or hides the text around it on a terminal is shown by its number, as JSON allows.</summary>
    private static string EscapeUnseen(string json) =>
        json.Any(IsUnseen) ? string.Concat(json.Select(one => IsUnseen(one) ? $"\\u{(int)one:x4}" : one.ToString())) : json;

    private static bool IsUnseen(char one) => char.GetUnicodeCategory(one) == UnicodeCategory.Format;
}
