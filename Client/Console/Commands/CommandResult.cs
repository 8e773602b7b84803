using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Sdk;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>What came of one line of input.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>It worked; the line says so.</summary>
    public sealed record Ok(OutputLine Line) : CommandResult;

    /// <summary>It did not.</summary>
    public sealed record Failed(string Code, string Sentence, ExitCode ExitCode = ExitCode.CommandFailed) : CommandResult;

    /// <summary>It worked, and the session is over.</summary>
    public sealed record Quit(OutputLine Line) : CommandResult;

    public static CommandResult Done(OutputLine line) => new Ok(line);

    public static CommandResult NotDone<T>(Answer<T> answer, ExitCode exitCode = ExitCode.CommandFailed) =>
        new Failed(ErrorNames.Of(answer.Code), answer.Sentence, exitCode);

    public static CommandResult Of<T>(Answer<T> answer, Func<T, OutputLine> describe) =>
        answer.IsGranted(out var value) ? new Ok(describe(value)) : NotDone(answer);
}
