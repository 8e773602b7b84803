using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>What a run does. <see cref="OptionReader"/> reads it from the command line; <see cref="UsageText"/> explains it.</summary>
internal sealed record BotOptions
{
    /// <summary>Where Central is.</summary>
    public required ServerEndpoint Server { get; init; }

    /// <summary>How many bots.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>How long to measure, once all are in.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the bots go on as when measured, before they are. Default: 0.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Moves of each bot. Default: 10; 0: they stand.</summary>
    public double MovesPerSecond { get; init; } = 10;

    /// <summary>Lines of global chat of each bot. Default: 0.</summary>
    public double LinesPerSecond { get; init; }

    /// <summary>Where they play, in turns, separated by commas. Default: empty, the first channel that has maps.</summary>
    public string Channels { get; init; } = "";

    /// <summary>Side of the square in which they walk, in metres. Default: 40, where everybody sees everybody.</summary>
    public float AreaMetres { get; init; } = 40;

    /// <summary>The longest first walk, from where a character enters to its first place in the area. Default: 60 s.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each stands still once it has walked to its first place, and all do when measuring begins. Default: false.</summary>
    public bool Settles { get; init; }

    /// <summary>How many of them, the last ones, stop reading once all are in place; see <see cref="Deafness"/>. Default: 0.</summary>
    public int Deaf { get; init; }

    /// <summary>Begins the names of accounts and characters. Default: bot.</summary>
    public string Prefix { get; init; } = "bot";

    /// <summary>Keeps accounts between runs. Default: null, nothing is kept.</summary>
    public string? AccountsPath { get; init; }

    /// <summary>Logins begun per second. Default: 50.</summary>
    public double LoginsPerSecond { get; init; } = 50;

    /// <summary>Seeds all chance. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the last states that the server acknowledged are kept. Default: null, nowhere.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>The history to compare the server with, instead of a run. Default: null.</summary>
    public string? VerifyPath { get; init; }

    /// <summary>Where the report goes besides stdout. Default: null.</summary>
    public string? JsonPath { get; init; }

    /// <summary>How long the logins should take at this ramp.</summary>
    public TimeSpan Ramp => TimeSpan.FromSeconds(Clients / LoginsPerSecond);

    /// <summary>Where one of them plays.</summary>
    public string ChannelOf(int index)
    {
        var all = Channels.Split(',');
        return all[index % all.Length];
    }
}
