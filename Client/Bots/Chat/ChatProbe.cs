namespace MmoOrleans.Bots.Chat;

/// <summary>Counts what was said and heard: a line that the server accepted is expected once by every bot that was in when it was sent. Any thread may tell it.</summary>
internal sealed class ChatProbe(uint run, int clients)
{
    private long _sent;
    private long _expected;
    private long _duplicates;
    private long _open;

    public uint Run => run;

    public int Clients => clients;

    /// <summary>Lines said earlier are for warming up: nobody counts them.</summary>
    public TimeSpan Since { get; set; }

    public bool Counts(TimeSpan saidAt) => saidAt >= Since;

    public long Sent => Interlocked.Read(ref _sent);

    public long Expected => Interlocked.Read(ref _expected);

    /// <summary>Nothing is on its way any more: every line was answered or heard by who said it, and heard by all.</summary>
    public bool IsSettled => Interlocked.Read(ref _open) == 0 && LinesReceived >= Expected;

    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>One time per line and bot that heard it.</summary>
    public LatencyHistogram Times { get; } = new();

    public long LinesReceived => Times.Samples;

    public void Accepted(int receivers)
    {
        if (receivers == 0) return;
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _expected, receivers);
    }

    /// <summary>So many lines more, or fewer, of which it is not known whether they were said.</summary>
    public void Opened(int lines) => Interlocked.Add(ref _open, lines);

    public void Received(TimeSpan after) => Times.Add(after);

    public void Duplicate() => Interlocked.Increment(ref _duplicates);
}
