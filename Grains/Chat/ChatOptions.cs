namespace MmoOrleans.Grains.Chat;

/// <summary>How chat channels gather, keep and store lines.</summary>
public sealed class ChatOptions
{
    /// <summary>
    /// True: a line is stored before its sender is answered, so that no acknowledged line is lost with a silo. False: it is answered
    /// when it is published, and the history starts empty after a restart; positions never go back either way. Default: true.
    /// </summary>
    public bool Durable { get; set; } = true;

    /// <summary>How long lines are gathered into one write when nobody has spoken just before. Default: 10 ms.</summary>
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long while one write follows the other. Each write stores the whole tail, and is an event for every map: of a busy channel these cost
    /// more than the lines. Default: 30 ms.
    /// </summary>
    public TimeSpan GatherInTalkFor { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Lines that wait for their write at most; beyond it SERVER_BUSY. Default: 256.</summary>
    public int MaxWaitingLines { get; set; } = 256;

    /// <summary>Lines that a channel keeps in memory to repair gaps: while a map starts elsewhere, or a player is away. Default: 4096.</summary>
    public int MaxKeptLines { get; set; } = 4096;

    /// <summary>Bytes that the kept lines take at most. Default: 1 MiB.</summary>
    public int MaxKeptBytes { get; set; } = 1024 * 1024;

    /// <summary>The last of them, which are stored with every write: what is left of them when the channel's silo dies. Default: 256.</summary>
    public int MaxStoredLines { get; set; } = 256;

    /// <summary>Bytes that the stored lines take at most. Default: 64 KiB.</summary>
    public int MaxStoredBytes { get; set; } = 64 * 1024;

    /// <summary>How long a map is listed as connected after it was heard. Default: 10 s.</summary>
    public TimeSpan MapLease { get; set; } = TimeSpan.FromSeconds(10);
}
