using System.Globalization;
using MmoOrleans.ConsoleClient.Output;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>What a script needs besides the game: waiting, expecting, ending.</summary>
public sealed class ScriptCommands(Transcript transcript, TimeSpan timeout, TimeProvider time)
{
    public IEnumerable<ConsoleCommand> All =>
    [
        new("wait", "SECONDS", "do nothing for so long", Wait) { NeedsServer = false },
        new("expect", "TEXT", "wait for an event or item line with this text, since the last one that was expected", Expect) { NeedsServer = false },
        new("quit", "", "end", (_, _) => Task.FromResult<CommandResult>(new CommandResult.Quit(OutputLine.Ok("quit")))) { NeedsServer = false },
    ];

    private async Task<CommandResult> Wait(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        if (!double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= 86400))
            return new CommandResult.Failed("USAGE", "wait SECONDS");
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation);
        return CommandResult.Done(OutputLine.Ok("wait").With("seconds", (float)seconds));
    }

    private async Task<CommandResult> Expect(IReadOnlyList<string> words, CancellationToken cancellation) =>
        await transcript.Expect(words[0], timeout) is { } line
            ? CommandResult.Done(OutputLine.Ok("expect").WithText("line", line))
            : new CommandResult.Failed("TIMEOUT", $"No event or item line with {OutputLine.Quoted(words[0])} came within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
}
