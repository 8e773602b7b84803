namespace MmoOrleans.Grains.Chat;

/// <summary>How chat channels gather, keep and store lines.</summary>
public sealed class ChatOptions
{
    /// <summary>
    /// True: a line is stored before its sender is answered, so that no acknowledged line is lost with a silo. False: it is answered
    /// when it is published, and the history starts empty after a restart; positions never go back either way. Default: true.
    /// </summary>
    public bool Durable { get; set; } = true;

    /// <summary>How long lines are gathered into one write. Default: 10 ms.</summary>
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Lines that wait for their write at most; beyond it SERVER_BUSY. Default: 256.</summary>
    public int MaxWaitingLines { get; set; } = 256;

    /// <summary>Lines that a channel keeps to repair gaps. Default: 256.</summary>
    public int MaxKeptLines { get; set; } = 256;

    /// <summary>Bytes that the kept lines take at most. Default: 64 KiB.</summary>
    public int MaxKeptBytes { get; set; } = 64 * 1024;

    /// <summary>How long a map is listed as connected after it was heard. Default: 10 s.</summary>
    public TimeSpan MapLease { get; set; } = TimeSpan.FromSeconds(10);
}
