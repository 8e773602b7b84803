using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>The feeds of this gateway: one for each map that somebody here is on, or was until 2 s ago.</summary>
internal sealed class MapFeeds : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MapId, FeedEntry> _feeds = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly FeedSurroundings _surroundings;

    public MapFeeds(IGrainFactory grains, ClientConnections connections, GatewayMetrics metrics, TimeProvider time, ILogger<MapFeeds> log)
    {
        _surroundings = new FeedSurroundings(connections.Gateway, grains, metrics, time, log, TryRetire);
        metrics.Watch(this);
    }

    /// <summary>Frames of maps that wait for their feed.</summary>
    public int WaitingFrames
    {
        get
        {
            lock (_gate)
                return _feeds.Values.Sum(entry => entry.Feed.WaitingFrames);
        }
    }

    /// <summary>The map's feed, started when there is none. The caller is entering until it says <see cref="MapFeed.EndEntry"/>.</summary>
    public FeedEntry BeginEntry(MapId map)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(map, out var entry))
                _feeds[map] = entry = Start(map);
            entry.Feed.BeginEntry();
            return entry;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private FeedEntry Start(MapId id)
    {
        var feed = new MapFeed(id, _surroundings.Metrics, _surroundings.Log);
        var link = new FeedLink(feed, _surroundings.Grains.GetGrain<IMapGrain>(id.Key), _surroundings);
        feed.Link = link;
        _ = feed.Run();
        _ = RunLink(link, feed, _stop.Token);
        return new FeedEntry(feed, link);
    }

    private async Task RunLink(FeedLink link, MapFeed feed, CancellationToken stop)
    {
        using (link)
        {
            try
            {
                await link.Run(stop);
            }
            catch (Exception exception)
            {
                GiveUp(feed);
                link.Break();
                GatewayLog.FeedBroken(_surroundings.Log, exception, feed.Id);
            }
        }
    }

    /// <summary>Whoever comes next gets a new feed.</summary>
    private void GiveUp(MapFeed feed)
    {
        lock (_gate)
            if (_feeds.TryGetValue(feed.Id, out var entry) && entry.Feed == feed)
                _feeds.Remove(feed.Id);
    }

    private bool TryRetire(MapFeed feed)
    {
        lock (_gate)
            return feed.IsUnused && _feeds.Remove(feed.Id);
    }
}

/// <summary>A feed and its conversation with the map.</summary>
internal sealed record FeedEntry(MapFeed Feed, FeedLink Link);
