using System.Globalization;
using System.Text.RegularExpressions;
using MmoOrleans.Bots.Accounts;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>Reads the command line. A switch that is wrong throws <see cref="UsageException"/> with the switch and what it takes.</summary>
internal sealed partial class OptionReader
{
    private static readonly string[] Switches =
    [
        "--server", "--websocket", "--clients", "--seconds", "--warm-up", "--rate", "--chat-rate", "--channels", "--area", "--spread", "--settle", "--prefix",
        "--accounts", "--deaf", "--ramp", "--seed", "--history", "--verify", "--json",
    ];

    private readonly Dictionary<string, string> _given = [];

    private OptionReader(IReadOnlyList<string> arguments)
    {
        for (var at = 0; at < arguments.Count; at += 2) Take(arguments[at], at + 1 < arguments.Count ? arguments[at + 1] : null);
    }

    public static BotOptions Read(IReadOnlyList<string> arguments)
    {
        var reader = new OptionReader(arguments);
        return reader.Checked(reader.Options());
    }

    private void Take(string name, string? value)
    {
        if (!Switches.Contains(name)) throw new UsageException($"{name} is no switch of the bots.");
        if (value is null) throw new UsageException($"{name} needs a value.");
        if (!_given.TryAdd(name, value)) throw new UsageException($"{name} is there twice.");
    }

    private BotOptions Options() => new()
    {
        Server = Server(),
        Clients = (int)Number("--clients", 1, 1, 100_000, isWhole: true),
        Duration = TimeSpan.FromSeconds(Number("--seconds", 10, 0.1, 1_000_000)),
        WarmUp = TimeSpan.FromSeconds(Number("--warm-up", 0, 0, 100_000)),
        MovesPerSecond = Number("--rate", 10, 0, 1000),
        LinesPerSecond = Number("--chat-rate", 0, 0, 1000),
        Channels = Text("--channels") ?? "",
        AreaMetres = (float)Number("--area", 40, 0.1, 1_000_000),
        Spread = TimeSpan.FromSeconds(Number("--spread", 60, 0, 100_000)),
        Settles = Choice("--settle"),
        Deaf = (int)Number("--deaf", 0, 0, 100_000, isWhole: true),
        Prefix = Prefix(),
        AccountsPath = Written("--accounts"),
        LoginsPerSecond = Number("--ramp", 50, 0.01, 100_000),
        Seed = (int)Number("--seed", 1, int.MinValue, int.MaxValue, isWhole: true),
        HistoryPath = Written("--history"),
        VerifyPath = Text("--verify"),
        JsonPath = Written("--json"),
    };

    private BotOptions Checked(BotOptions options)
    {
        if (options.VerifyPath is { } path) return File.Exists(path) ? options : throw new UsageException($"--verify: {path} does not exist.");
        foreach (var needed in new[] { "--clients", "--seconds" })
        {
            if (!_given.ContainsKey(needed)) throw new UsageException($"{needed} is missing.");
        }

        return options.Deaf < options.Clients ? options : throw new UsageException($"--deaf {options.Deaf}: expected fewer than --clients.");
    }

    private ServerEndpoint Server()
    {
        if (Text("--websocket") is { } url) return Address("--websocket", url, Endpoint.Types.Transport.Websocket, "ws://HOST:PORT/ws");
        if (Text("--server") is { } server) return Address("--server", server, Endpoint.Types.Transport.Tcp, "HOST:PORT");
        throw new UsageException("--server (or --websocket) is missing.");
    }

    private static ServerEndpoint Address(string name, string text, Endpoint.Types.Transport transport, string form) =>
        ServerEndpoint.TryParse(text, out var endpoint) && endpoint.Transport == transport
            ? endpoint
            : throw new UsageException($"{name} {text}: expected {form}.");

    private string Prefix()
    {
        var prefix = Text("--prefix") ?? "bot";
        return PrefixForm().IsMatch(prefix) && prefix.Length <= Account.LongestPrefix
            ? prefix
            : throw new UsageException($"--prefix {prefix}: expected 1 to {Account.LongestPrefix} letters, digits or _.");
    }

    // Said now, not after an hour of measuring.
    private string? Written(string name)
    {
        if (Text(name) is not { } path || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) return Text(name);
        throw new UsageException($"{name} {path}: the folder does not exist.");
    }

    private double Number(string name, double missing, double least, double most, bool isWhole = false)
    {
        if (Text(name) is not { } text) return missing;
        var style = isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} {text}: expected a {(isWhole ? "whole " : "")}number from {least} to {most}."));
    }

    private bool Choice(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new UsageException($"{name} {other}: expected true or false."),
    };

    private string? Text(string name) => _given.GetValueOrDefault(name);

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex PrefixForm();
}

/// <summary>The command line cannot be understood.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);
