using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Writes the settings in force as a file to start from. Keys that nobody gave and that have no fixed default stand in it as
/// comments, and so do secrets and defaults that depend on the program.
/// </summary>
internal static class ConfigWriter
{
    // The file is read by people: quotes and umlauts in a title stay as they are.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StartAnswer Write(HostKind host, ConfigValues values, StartSurroundings surroundings)
    {
        var path = values.Path("config") ?? Path.GetFullPath(ConfigFile.UsualPath, surroundings.WorkingFolder);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew);
            file.Write(Encoding.UTF8.GetBytes(Text(host, values, Path.GetDirectoryName(path)!)));
            return new StartAnswer.Wrote(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new StartAnswer.Refused($"writeConfig: {path} cannot be written: {fault.Message}");
        }
    }

    private static string Text(HostKind host, ConfigValues values, string folder)
    {
        var text = new StringBuilder("// Every key with the value it has. Keys in comments have no fixed default. Relative paths begin at this file.\n{\n");
        var groups = ConfigKeys.All.Where(key => IsWritten(key, host)).GroupBy(key => key.Group);
        foreach (var group in groups)
        {
            text.Append($"  // --- {group.Key}\n");
            foreach (var key in group)
                text.Append(Line(key, values, folder));
        }
        return text.Append("}\n").ToString();
    }

    private static bool IsWritten(ConfigKey key, HostKind host) =>
        key.Hosts.HasFlag(host) && !key.IsArgumentOnly && key.Name != "config" && key.Fate is not (KeyFate.Accepted or KeyFate.Refused);

    private static string Line(ConfigKey key, ConfigValues values, string folder)
    {
        var value = values.Of(key.Name);
        if (value is null || key.IsSecret)
            return $"  // \"{key.Name}\": {key.Meaning}{(key.Otherwise is null ? "" : $" Absent: {key.Otherwise}.")}\n";
        var isLeftOpen = key.DependsOnProgram && !values.IsGiven(key.Name);
        return $"  {(isLeftOpen ? "// " : "")}\"{key.Name}\": {Json(key, values, value.Value, folder)}, // {key.Meaning}\n";
    }

    private static string Json(ConfigKey key, ConfigValues values, object value, string folder) => value switch
    {
        _ when key.Kind == KeyKind.Path => Json(RelativeTo(folder, values.Path(key.Name)!)),
        ImmutableArray<ChannelSetting> channels => $"[{string.Join(", ", channels.Select(Json))}]",
        ImmutableArray<string> names => $"[{string.Join(", ", names.Select(Json))}]",
        bool or int or double => ValueText.Of(value),
        _ => Json(ValueText.Of(value)),
    };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Readable);

    private static string RelativeTo(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
        return relative.StartsWith('.') || Path.IsPathRooted(relative) ? relative : "./" + relative;
    }
}
