namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>One command: its words, and what it does with them.</summary>
/// <param name="Name">The first word of the line.</param>
/// <param name="Parameters">As help shows them: NAME is needed, [NAME] is not, TEXT takes the rest of the line.</param>
/// <param name="Meaning">For help.</param>
/// <param name="Run">Does it.</param>
public sealed record ConsoleCommand(string Name, string Parameters, string Meaning, Func<IReadOnlyList<string>, CancellationToken, Task<CommandResult>> Run)
{
    /// <summary>False for commands that work without a server.</summary>
    public bool NeedsServer { get; init; } = true;

    /// <summary>The last parameter takes the rest of the line, spaces and all. Default: when it is called TEXT.</summary>
    public bool TakesRest { get; init; } = Parameters.EndsWith("TEXT", StringComparison.Ordinal);

    private string[] ParameterNames => Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Words before the parameter that takes the rest; null when there is none.</summary>
    public int? WordsBeforeText => TakesRest ? ParameterNames.Length - 1 : null;

    public bool Fits(int words) => words >= ParameterNames.Count(name => name[0] != '[') && words <= ParameterNames.Length;

    public string Usage => $"{Name} {Parameters}".TrimEnd();
}
