using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// What a map calls. Each time the feed is joined it gets a new one, so that a frame of an earlier joining that is still on the
/// way is told apart: events are numbered anew, ticks may be.
/// </summary>
internal sealed class FeedObserver(MapFeed feed, int joining) : IMapFeedObserver
{
    public Task OnFrame(FeedFrame frame)
    {
        feed.Receive(joining, frame);
        return Task.CompletedTask;
    }
}
