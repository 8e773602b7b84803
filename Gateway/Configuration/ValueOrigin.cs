namespace MmoOrleans.Gateway.Configuration;

/// <summary>Where a value came from.</summary>
/// <param name="Words">As a sentence names it: "argument", "environment", "default" or the file's path.</param>
/// <param name="Prefix">What stands before a key's name there: "-", "MMO_" or nothing.</param>
/// <param name="Folder">Where relative paths given there begin.</param>
internal sealed record ValueOrigin(string Words, string Prefix, string Folder)
{
    public bool IsCommandLine => Prefix == "-";

    public static ValueOrigin CommandLine(string workingFolder) => new("argument", "-", workingFolder);

    public static ValueOrigin Variable(string workingFolder) => new("environment", EnvironmentVariables.Prefix, workingFolder);

    public static ValueOrigin File(string path) => new(path, "", Path.GetDirectoryName(path) ?? path);

    public static ValueOrigin Default(string workingFolder) => new("default", "", workingFolder);
}
