using MmoOrleans.Gateway;

namespace MmoOrleans.Silo.Hosting;

/// <summary>A start that cannot go on, with the sentence for the operator and how the host ends.</summary>
public sealed class StartFailure(ExitCode exitCode, string sentence) : Exception(sentence)
{
    public ExitCode Code { get; } = exitCode;
}
