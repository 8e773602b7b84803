using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// The objects that a map calls, one per joining of its feed. One that is no longer needed is kept for a while: frames may be on
/// the way to it, and an earlier life of the map may go on sending some. A call to an object that is not there any more would be an
/// error in the log, for nothing.
/// </summary>
internal sealed class FeedObservers(MapFeed feed, IGrainFactory grains, TimeProvider time, CancellationToken stop)
{
    /// <summary>Well above the 3 s for which a map sends to a gateway that says nothing. So some tens are kept at most, with pauses between joinings.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private FeedObserver? _observer;
    private IMapFeedObserver? _reference;

    /// <summary>What the map is to call from this joining on.</summary>
    public IMapFeedObserver ReferenceFor(FeedJoining joining)
    {
        Retire();
        _observer = new FeedObserver(feed, joining.Number);
        return _reference = grains.CreateObjectReference<IMapFeedObserver>(_observer);
    }

    /// <summary>The map is not to call any more.</summary>
    public void Retire()
    {
        if (_observer is { } observer && _reference is { } reference)
            _ = DeleteLater(observer, reference);
        (_observer, _reference) = (null, null);
    }

    private async Task DeleteLater(FeedObserver observer, IMapFeedObserver reference)
    {
        await Task.Delay(KeptFor, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A gateway that stops takes its objects with it.
        if (!stop.IsCancellationRequested)
            grains.DeleteObjectReference<IMapFeedObserver>(reference);
        GC.KeepAlive(observer); // The reference alone does not.
    }
}
