namespace MmoOrleans.Bots.Maps;

/// <summary>
/// From "move sent" to "seen by another bot". All bots share a process and so a clock. A sample is a pair: a move, and one bot by
/// chance that has the mover in view; it ends when that bot is shown the move (or a later one of the same mover). One not
/// shown within a second counts as a second. It is dropped, and not counted, when the mover has left the view or the
/// server put it elsewhere meanwhile: then there was nothing to see.
/// </summary>
internal sealed class LatencyProbe
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>How many pairs a second are enough; beyond that only every so many-th move is sampled.</summary>
    private const double SamplesPerSecond = 2000;

    private readonly uint _every;
    private volatile bool _isOpen;

    public LatencyProbe(double movesPerSecond) => _every = (uint)Math.Max(1, Math.Ceiling(movesPerSecond / SamplesPerSecond));

    public LatencyHistogram Times { get; } = new();

    /// <summary>Outside the measured time nothing is sampled.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    public bool Samples(uint input) => _isOpen && input % _every == 0;

    public void Seen(Watch watch, TimeSpan now) => Times.Add(now - watch.SentAt < Longest ? now - watch.SentAt : Longest);

    public void NotSeen(Watch watch)
    {
        if (!watch.Moves.WasRefused(watch.Input)) Times.Add(Longest);
    }
}
