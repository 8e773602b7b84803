using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Events that came while somebody was entering: the map may speak to a player before this gateway has heard that it is in. They
/// are looked through when the player is known, and forgotten when nobody is entering. Bounded; beyond the bound the oldest go,
/// and what chat lines among them were is repaired by the map's next look at the history.
/// </summary>
internal sealed class EventHold
{
    private const int Most = 1024;

    private readonly Queue<FeedEvent> _events = [];
    private int _entering;

    public bool IsHolding => _entering > 0;

    public IEnumerable<FeedEvent> Events => _events;

    public void BeginEntry() => _entering++;

    public void EndEntry()
    {
        if (--_entering == 0)
            _events.Clear();
    }

    public void Add(FeedEvent happened)
    {
        if (!IsHolding)
            return;
        if (_events.Count == Most)
            _events.Dequeue();
        _events.Enqueue(happened);
    }
}
