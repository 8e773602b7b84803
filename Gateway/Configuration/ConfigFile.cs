using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Finds and reads serverConfig.json, as tolerantly as the kit does: comments and trailing commas are allowed.</summary>
internal static class ConfigFile
{
    /// <summary>Where it is looked for first, and where -writeConfig writes it.</summary>
    public const string UsualPath = "config/serverConfig.json";

    // A hundred times the longest file anybody needs; a wrong path to something huge should not be read into memory.
    private const int LargestFileInBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The first of the usual places that has one; null: there is none.</summary>
    public static string? Find(StartSurroundings surroundings) => UsualPlaces(surroundings).Select(Path.GetFullPath).FirstOrDefault(File.Exists);

    public static void ReadInto(ValueCollector collector, Findings findings, string path)
    {
        if (ReadBytes(path, findings) is not { } bytes)
            return;
        try
        {
            using var document = JsonDocument.Parse(bytes, Tolerant);
            ReadInto(collector, findings, document.RootElement, path);
        }
        catch (JsonException fault)
        {
            findings.Refuse(JsonFault.Describe(path, bytes.Span, fault));
        }
    }

    private static IEnumerable<string> UsualPlaces(StartSurroundings surroundings) =>
    [
        Path.Combine(surroundings.WorkingFolder, UsualPath),
        Path.Combine(surroundings.WorkingFolder, "Config/serverConfig.json"),
        Path.Combine(surroundings.ProgramFolder, UsualPath),
        Path.Combine(surroundings.ProgramFolder, "Config/serverConfig.json"),
        Path.Combine(surroundings.ProgramFolder, "serverConfig.json"),
    ];

    private static void ReadInto(ValueCollector collector, Findings findings, JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Refuse($"{path} line 1 column 1: expected '{{', an object of keys");
            return;
        }
        var origin = ValueOrigin.File(path);
        foreach (var member in root.EnumerateObject())
            collector.Take(member.Name, member.Value, origin);
    }

    private static ReadOnlyMemory<byte>? ReadBytes(string path, Findings findings)
    {
        try
        {
            if (new FileInfo(path).Length <= LargestFileInBytes)
                return WithoutMark(File.ReadAllBytes(path));
            findings.Refuse($"{path} is larger than {LargestFileInBytes} bytes: expected a configuration file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Refuse($"{path} cannot be read: {fault.Message}");
        }
        return null;
    }

    // Editors on Windows put a byte order mark in front; JSON does not know it.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
}
