using System.Globalization;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>What a bots process is asked to do. Accounts belong to the prefix: they are made once, and their characters stand where the last run left them.</summary>
internal sealed record BotsRun(string Prefix, int Clients, double AreaMetres)
{
    /// <summary>As far as the map goes, for <see cref="AreaMetres"/> where nobody walks.</summary>
    public const double WholeMap = 1020;

    /// <summary>Of a prepared character: from where it stood to a place anew, so that the places of two runs differ.</summary>
    private const double SpreadSeconds = 8;

    public double MovesPerSecond { get; init; } = 10;

    public double LinesPerSecond { get; init; }

    /// <summary>Where they play, in turns, separated by commas; empty: the first channel that has maps.</summary>
    public string Channels { get; init; } = "";

    /// <summary>How many they play on: one in each channel.</summary>
    public int Maps => Channels.Split(',').Length;

    /// <summary>Logins begun per second.</summary>
    public double Ramp { get; init; } = 250;

    /// <summary>How many of them do not read.</summary>
    public int Deaf { get; init; }

    /// <summary>Each walks to its place and then stands.</summary>
    public bool Settles { get; init; }

    /// <summary>The side of a square in which so many walkers have 20 others within 50 m.</summary>
    public static double SideOf(int clients) => Math.Sqrt(clients * Math.PI * 2500 / 20);

    public string[] Arguments(int port, string accounts, double seconds, double warmUp, double spread = SpreadSeconds) =>
    [
        "--server", $"127.0.0.1:{port}", "--prefix", Prefix, "--accounts", accounts, "--clients", Text(Clients), "--area", Text(AreaMetres), "--rate", Text(MovesPerSecond),
        "--chat-rate", Text(LinesPerSecond), "--channels", Channels, "--ramp", Text(Ramp), "--spread", Text(spread), "--seconds", Text(seconds), "--warm-up", Text(warmUp), "--settle", Settles ? "true" : "false", "--deaf", Text(Deaf),
        // With the same chance every time, everybody would be drawn a few metres further in the same direction run after run, into the corners.
        "--seed", Text(Random.Shared.Next()),
    ];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
