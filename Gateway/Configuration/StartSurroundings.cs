using System.Collections;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>What a start is given from outside; a test hands in its own.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="WorkingFolder">Where relative paths begin, unless a file names them.</param>
/// <param name="ProgramFolder">Where the program lies.</param>
public sealed record StartSurroundings(
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string WorkingFolder,
    string ProgramFolder)
{
    /// <summary>Those of this process.</summary>
    public static StartSurroundings OfThisProcess(IReadOnlyList<string> arguments) =>
        new(arguments, Variables(), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    private static Dictionary<string, string> Variables() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
