using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Events that came while somebody was entering: the map may speak to a player before this gateway has heard that it is in. They
/// are looked through when the player is known, and forgotten when nobody is entering. Bounded; beyond the bound the oldest go,
/// and who entered before the last of those is joined again with what it has heard: the map then sends the lines it missed.
/// </summary>
internal sealed class EventHold
{
    private const int Most = 1024;

    private readonly Queue<(int Joining, FeedEvent Happened)> _events = [];
    private int _entering;

    public bool IsHolding => _entering > 0;

    /// <summary>The newest event of the present joining that did not fit.</summary>
    public long LostUpTo { get; private set; }

    /// <summary>Each with the joining that numbered it.</summary>
    public IEnumerable<(int Joining, FeedEvent Happened)> Events => _events;

    public void BeginEntry() => _entering++;

    public void EndEntry()
    {
        if (--_entering > 0)
            return;
        _events.Clear();
        LostUpTo = 0;
    }

    /// <summary>Events are numbered anew from here on; who enters enters under that.</summary>
    public void Restart() => LostUpTo = 0;

    public void Add(int joining, FeedEvent happened)
    {
        if (!IsHolding)
            return;
        if (_events.Count == Most)
        {
            var (lostUnder, lost) = _events.Dequeue();
            LostUpTo = lostUnder == joining ? lost.Number : LostUpTo;
        }
        _events.Enqueue((joining, happened));
    }
}
