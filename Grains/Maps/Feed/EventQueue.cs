using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps.Feed;

/// <summary>
/// The numbered events of one gateway, kept until it has acknowledged them. Bounded: a gateway that lets it overflow is dropped,
/// so that a map never waits for one and never holds more for it.
/// </summary>
internal sealed class EventQueue(int bound, long lastNumber)
{
    private readonly Queue<FeedEvent> _waiting = [];
    private ImmutableArray<FeedEvent>? _frozen;

    /// <summary>Of the newest event.</summary>
    public long LastNumber { get; private set; } = lastNumber;

    /// <summary>An event did not fit: from here on the feed has a hole and must not be used.</summary>
    public bool Overflowed { get; private set; }

    public int Room => bound - _waiting.Count;

    /// <summary>What every frame carries. One array as long as nothing changes.</summary>
    public ImmutableArray<FeedEvent> Waiting => _frozen ??= [.. _waiting];

    public void Add(ImmutableArray<int> recipients, Happening what)
    {
        Overflowed |= Room <= 0;
        if (Overflowed)
            return;
        _waiting.Enqueue(new(++LastNumber, recipients, what));
        _frozen = null;
    }

    public void Acknowledge(long number)
    {
        while (_waiting.TryPeek(out var oldest) && oldest.Number <= number)
        {
            _waiting.Dequeue();
            _frozen = null;
        }
    }
}
