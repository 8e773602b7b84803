using System.Text.Json;

namespace MmoOrleans.ConsoleClient.Scripts;

/// <summary>
/// One line of input, taken apart from the left: words are separated by spaces, a word with spaces is written as a JSON string
/// ("my password"), and the last text takes the rest of the line as it is.
/// </summary>
public sealed class ScriptLine
{
    private readonly string _rest;

    private ScriptLine(string command, string rest) => (Command, _rest) = (command, rest);

    public string Command { get; }

    /// <summary>Null for lines that say nothing: empty, or beginning with #.</summary>
    public static ScriptLine? Read(string line)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#') return null;
        var end = text.IndexOf(' ');
        return end < 0 ? new ScriptLine(text, "") : new ScriptLine(text[..end], text[end..].TrimStart());
    }

    /// <summary>All words, when none of them takes the rest. Null when a quote is not closed.</summary>
    public IReadOnlyList<string>? Words() => Words(int.MaxValue);

    /// <summary>So many words, then the rest as it is, when there is any. Null when a quote is not closed.</summary>
    public IReadOnlyList<string>? WordsAndText(int words) => Words(words);

    private List<string>? Words(int most)
    {
        var words = new List<string>();
        var rest = _rest;
        while (rest.Length > 0)
        {
            var length = words.Count == most ? rest.Length : WordLength(rest);
            if (length < 0 || Unquoted(rest[..length], isText: words.Count == most) is not { } word) return null;
            words.Add(word);
            rest = rest[length..].TrimStart();
        }

        return words;
    }

    private static int WordLength(string text)
    {
        if (text[0] != '"')
        {
            var space = text.IndexOf(' ');
            return space < 0 ? text.Length : space;
        }

        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at + 1 == text.Length || text[at + 1] == ' ' ? at + 1 : -1;
        }

        return -1;
    }

    private static string? Unquoted(string word, bool isText)
    {
        if (isText || word[0] != '"') return word;
        try
        {
            return JsonSerializer.Deserialize<string>(word);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
