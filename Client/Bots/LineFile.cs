using System.Text.Encodings.Web;
using System.Text.Json;

namespace MmoOrleans.Bots;

/// <summary>Files of one JSON object per line. A file is replaced as a whole, so that a reader (or a process that is killed) never sees half of one.</summary>
internal static class LineFile
{
    public static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(string path, IEnumerable<T> items)
    {
        var beside = path + ".new";
        File.WriteAllLines(beside, items.Select(one => JsonSerializer.Serialize(one, Format)));
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Throws <see cref="InvalidDataException"/> naming file and line when one cannot be read.</summary>
    public static List<T> Read<T>(string path)
    {
        var items = new List<T>();
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0) items.Add(Parse<T>(path, items.Count + 1, line));
        }

        return items;
    }

    private static T Parse<T>(string path, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Format) ?? throw new InvalidDataException($"{path}, line {number}: an object is missing.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}, line {number}: {broken.Message}", broken);
        }
    }
}
