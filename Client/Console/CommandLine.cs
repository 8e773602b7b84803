using System.Globalization;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.ConsoleClient;

/// <summary>What was asked for on the command line.</summary>
public sealed record CommandLine
{
    public const string Usage = """
        usage: console [--server HOST:PORT | --websocket URL] [--keep-going] [--timeout SECONDS] [--stay]

          --server HOST:PORT   connect there when a command first needs a server; tls://HOST:PORT with TLS. Default: none
          --websocket URL      the same by WebSocket: ws://host:7001/ws or wss://...
          --keep-going         go on after a command that failed; the exit code still tells. Default: stop
          --timeout SECONDS    how long `expect` waits. Default: 10
          --stay               keep one connection from Central into maps, instead of connecting anew

        Reads commands from the terminal, or from standard input as a script; `help` lists them.
        Exit codes: 0 end of input or quit, 1 a command failed, 2 usage, 3 could not connect.
        """;

    public ServerEndpoint? Server { get; init; }

    public bool KeepGoing { get; init; }

    public bool Stay { get; init; }

    public bool Help { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null and a sentence when the arguments make no sense.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        var line = new CommandLine();
        problem = "";
        for (var at = 0; at < arguments.Count; at++)
        {
            var value = at + 1 < arguments.Count ? arguments[at + 1] : null;
            (line, var used, problem) = Apply(line, arguments[at], value);
            if (problem.Length > 0) return null;
            at += used;
        }

        return line;
    }

    private static (CommandLine Line, int ValuesUsed, string Problem) Apply(CommandLine line, string name, string? value) => name switch
    {
        "--keep-going" => (line with { KeepGoing = true }, 0, ""),
        "--stay" => (line with { Stay = true }, 0, ""),
        "--help" or "-h" => (line with { Help = true }, 0, ""),
        "--server" or "--websocket" when line.Server is not null => (line, 0, "Only one of --server and --websocket can be given."),
        "--server" => value is not null && ServerEndpoint.TryParse(value, out var server) && server.Transport == Endpoint.Types.Transport.Tcp
            ? (line with { Server = server }, 1, "")
            : (line, 0, "--server needs HOST:PORT, or tls://HOST:PORT."),
        "--websocket" => value is not null && value.StartsWith("ws", StringComparison.Ordinal) && ServerEndpoint.TryParse(value, out var server)
            ? (line with { Server = server }, 1, "")
            : (line, 0, "--websocket needs an address that begins with ws:// or wss://."),
        "--timeout" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86400
            ? (line with { Timeout = TimeSpan.FromSeconds(seconds) }, 1, "")
            : (line, 0, "--timeout needs a number of seconds."),
        _ => (line, 0, $"{name} is not known."),
    };
}
