namespace MmoOrleans.Bots.Maps;

/// <summary>
/// From "move sent" to "seen by another bot". All bots share a process, and so a clock and the knowledge of where each of them stands: a
/// sampled move is expected by every bot that stands near enough to be shown it. Each of these pairs is one sample; it ends
/// when the bot is shown the move (or a later one of the same mover). One not shown within a second, or before the mover left the
/// view, counts as a second and as not delivered. A pair is taken back when the server put the mover elsewhere or one of the two
/// left the map: then there was nothing to see.
/// </summary>
internal sealed class LatencyProbe(double movesPerSecond, Random chance)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Who stands this much nearer than the visible range at the time of the move is shown it for certain: two who walk towards each other are 11 m/s
    /// nearer after a second, so this is a quarter of a second for the server to notice. Those behind the border are shown it or not; they are not asked.
    /// </summary>
    public const float BorderMetres = 3;

    /// <summary>How many pairs a second are enough; beyond that a part of the moves is sampled, by chance.</summary>
    private const double PairsPerSecond = 2000;

    private readonly Lock _gate = new();
    private double _pairsPerMove = 1;
    private long _expected;
    private long _seen;
    private long _ended;
    private volatile bool _isOpen;

    public LatencyHistogram Times { get; } = new();

    /// <summary>Outside the measured time nothing is sampled.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    /// <summary>Pairs that were expected and not taken back.</summary>
    public long Expected => Interlocked.Read(ref _expected);

    /// <summary>Of those, how many were shown the move in time.</summary>
    public long Delivered => Interlocked.Read(ref _seen);

    /// <summary>Every pair has ended.</summary>
    public bool IsSettled => Interlocked.Read(ref _ended) >= Expected;

    /// <summary>Whether the next move is a sample.</summary>
    public bool Samples()
    {
        if (!_isOpen) return false;
        lock (_gate) return chance.NextDouble() * movesPerSecond * _pairsPerMove < PairsPerSecond;
    }

    /// <summary>A sampled move had so many who should see it.</summary>
    public void Sampled(int pairs)
    {
        lock (_gate) _pairsPerMove += (Math.Max(1, pairs) - _pairsPerMove) / 16;
        Interlocked.Add(ref _expected, pairs);
    }

    public void Seen(Watch watch, TimeSpan now)
    {
        var time = now - watch.SentAt;
        if (time < Longest) Interlocked.Increment(ref _seen);
        End(time < Longest ? time : Longest);
    }

    public void NotSeen(Watch watch)
    {
        if (watch.Moves.WasRefused(watch.Input)) TakeBack();
        else End(Longest);
    }

    /// <summary>There is nothing to see any more.</summary>
    public void TakeBack() => Interlocked.Decrement(ref _expected);

    private void End(TimeSpan time)
    {
        Times.Add(time);
        Interlocked.Increment(ref _ended);
    }
}
