using System.Text.RegularExpressions;
using MmoOrleans.EndToEnd.Hosts;

namespace MmoOrleans.EndToEnd.Players;

/// <summary>Somebody who plays with the console in a process of its own: lines in, lines out, as a script does.</summary>
public sealed class ConsolePlayer : ChildProcess
{
    public ConsolePlayer(int port) : base(Places.Console, ["--server", $"127.0.0.1:{port}"])
    {
    }

    /// <param name="server">An address with its scheme.</param>
    /// <param name="trusted">A PEM file with authorities that it trusts; null: the machine's alone.</param>
    public ConsolePlayer(string server, string? trusted)
        : base(Places.Console, [server.StartsWith("ws", StringComparison.Ordinal) ? "--websocket" : "--server", server], trusted is null ? [] : [("SSL_CERT_FILE", trusted)])
    {
    }

    /// <summary>Types a line and waits for one that matches; the answer of a command matches <c>^ok</c> or <c>^error</c>.</summary>
    public async Task<string> Does(string line, string answer)
    {
        var before = Output.Count;
        Process.StandardInput.WriteLine(line);
        return await Line(before, answer);
    }

    /// <summary>As <see cref="Player.SayToAll"/>.</summary>
    public async Task SayToAll(string text) => Assert.Equal("ok global", await Lines.Say(
        () => Does($"global {text}", "^(ok|error) global"), answer => answer.StartsWith("error global CHAT_NOT_AVAILABLE ", StringComparison.Ordinal)));

    /// <summary>Waits for a line that matches, whenever it was printed.</summary>
    public Task<string> Prints(string line) => Line(0, line);

    /// <summary>Asks again until the answer matches: for what others do at their own pace.</summary>
    public async Task Sees(string command, string line)
    {
        var before = Output.Count;
        await Until.Seen(() => Does(command, $"^ok {command}"), _ => Output.Skip(before).Any(one => Regex.IsMatch(one, line)), $"'{command}' to print {line} among:\n{Everything}");
    }

    /// <summary>The place of the first line that matches, in the order they were printed; -1: none.</summary>
    public int OrderOf(string line) => Output.ToList().FindIndex(one => Regex.IsMatch(one, line));

    /// <summary>End of input; the exit code.</summary>
    public Task<int> Leaves()
    {
        Process.StandardInput.Close();
        return Ended();
    }

    private Task<string> Line(int from, string match) =>
        Until.Found(() => Output.Skip(from).FirstOrDefault(line => Regex.IsMatch(line, match)), $"a line that matches {match}", () => Everything);
}
