using MmoOrleans.ConsoleClient.Commands;
using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.ConsoleClient.Scripts;
using MmoOrleans.Sdk;

namespace MmoOrleans.ConsoleClient;

/// <summary>One player at one console: reads a line, does it, answers it, until the input ends or a command fails.</summary>
public sealed class Session
{
    private readonly MmoClient _client;
    private readonly CommandLine _options;
    private readonly Transcript _transcript;
    private readonly ServerCommands _servers;
    private readonly Dictionary<string, ConsoleCommand> _commands;

    public Session(MmoClient client, CommandLine options, TextWriter output, TimeProvider? time = null)
    {
        (_client, _options) = (client, options);
        _transcript = new Transcript(output, time ?? TimeProvider.System);
        _servers = new ServerCommands(client, _transcript, options.Server);
        _commands = Commands(time ?? TimeProvider.System).ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
        EventLines.Print(client, _transcript);
    }

    /// <summary>Runs all lines. On a terminal there is a prompt, and a command that fails ends nothing.</summary>
    public async Task<ExitCode> Run(TextReader input, bool isInteractive, CancellationToken cancellation)
    {
        var worst = ExitCode.Done;
        if (isInteractive) _transcript.Print("# help lists the commands, quit ends.");
        while (await ReadLine(input, isInteractive, cancellation) is { } text)
        {
            if (ScriptLine.Read(text) is not { } line) continue;
            var result = await Do(line, cancellation);
            Answer(line.Command, result);
            if (result is CommandResult.Quit) break;
            if (result is not CommandResult.Failed failed || isInteractive) continue;
            worst = (ExitCode)Math.Max((int)worst, (int)failed.ExitCode);
            if (!_options.KeepGoing) break;
        }

        await _client.DisconnectAsync(CancellationToken.None);
        return worst;
    }

    private async Task<CommandResult> Do(ScriptLine line, CancellationToken cancellation)
    {
        if (!_commands.TryGetValue(line.Command, out var command)) return new CommandResult.Failed("UNKNOWN_COMMAND", "help lists the commands.");
        var words = command.WordsBeforeText is { } before ? line.WordsAndText(before) : line.Words();
        if (words is null || !command.Fits(words.Count)) return new CommandResult.Failed("USAGE", command.Usage);
        if (command.NeedsServer && await _servers.EnsureConnected(cancellation) is { } unreachable) return unreachable;
        return await command.Run(words, cancellation);
    }

    private void Answer(string command, CommandResult result)
    {
        switch (result)
        {
            case CommandResult.Ok ok:
                _transcript.Ok(ok.Line);
                break;
            case CommandResult.Quit quit:
                _transcript.Ok(quit.Line);
                break;
            case CommandResult.Failed failed:
                _transcript.Error(command, failed.Code, failed.Sentence);
                break;
        }
    }

    private async Task<string?> ReadLine(TextReader input, bool isInteractive, CancellationToken cancellation)
    {
        if (isInteractive) _transcript.Prompt();
        return await input.ReadLineAsync(cancellation);
    }

    private IEnumerable<ConsoleCommand> Commands(TimeProvider time) =>
    [
        .. _servers.All,
        .. new AccountCommands(_client).All,
        .. new CharacterCommands(_client, _transcript).All,
        .. new MapCommands(_client, _transcript).All,
        .. new ChatCommands(_client).All,
        .. new ScriptCommands(_transcript, _options.Timeout, time).All,
        new("help", "", "this list", (_, _) => Task.FromResult(Help())) { NeedsServer = false },
    ];

    private CommandResult Help()
    {
        foreach (var command in _commands.Values) _transcript.Print($"# {command.Usage,-32} {command.Meaning}");
        return CommandResult.Done(OutputLine.Ok("help"));
    }
}
