using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Players;

namespace MmoOrleans.Grains.Maps.Feed;

/// <summary>A frame on its way to one gateway.</summary>
internal readonly record struct OutgoingFrame(IMapFeedObserver Observer, FeedFrame Frame);

/// <summary>All gateways that have joined a map, and the way to tell their players something.</summary>
internal sealed class GatewayFeeds(MapOptions options)
{
    /// <summary>Gateways whose last event number is remembered, so that a feed's numbers go on when it joins again.</summary>
    private const int RememberedGateways = 1024;

    private readonly Dictionary<GatewayId, GatewayFeed> _feeds = [];
    private readonly Dictionary<GatewayId, long> _lastNumbers = [];
    private long _framedTick;

    public int Count => _feeds.Count;

    public IEnumerable<GatewayFeed> All => _feeds.Values;

    public GatewayFeed? Find(GatewayId gateway) => _feeds.GetValueOrDefault(gateway);

    /// <param name="tick">The first tick that this feed can be sent.</param>
    public GatewayFeed Join(GatewayId gateway, IMapFeedObserver observer, long tick, DateTimeOffset now)
    {
        Part(gateway);
        var events = new EventQueue(options.EventsPerGateway, _lastNumbers.GetValueOrDefault(gateway));
        return _feeds[gateway] = new GatewayFeed(gateway, observer, events, tick) { LastHeard = now };
    }

    public void Part(GatewayId gateway)
    {
        if (!_feeds.Remove(gateway, out var feed))
            return;
        if (_lastNumbers.Count >= RememberedGateways)
            _lastNumbers.Clear();
        _lastNumbers[gateway] = feed.Events.LastNumber;
    }

    /// <summary>Gateways that were silent for too long or left too much unread.</summary>
    public List<GatewayFeed> Lost(DateTimeOffset now) =>
        [.. _feeds.Values.Where(feed => feed.Events.Overflowed || now - feed.LastHeard > options.GatewayLease)];

    /// <summary>The map itself stood still for this long: nobody's silence is to be counted.</summary>
    public void Forgive(TimeSpan stall, DateTimeOffset now)
    {
        foreach (var feed in _feeds.Values)
            feed.LastHeard = feed.LastHeard + stall < now ? feed.LastHeard + stall : now;
    }

    public void Tell(Player player, Happening what) =>
        Find(player.Connection.Gateway)?.Events.Add([player.Entity], what);

    public void TellAll(Happening what)
    {
        foreach (var feed in _feeds.Values)
            feed.Events.Add([], what);
    }

    /// <summary>One event per gateway that has any of these players.</summary>
    public void Tell(IEnumerable<Player> players, Happening what)
    {
        foreach (var group in players.GroupBy(player => player.Connection.Gateway))
            Find(group.Key)?.Events.Add([.. group.Select(player => player.Entity)], what);
    }

    /// <summary>
    /// The frames of a tick for all gateways that may get one and for which there is news; those at the same tick share one state object.
    /// Leavers that everybody knows of are forgotten before.
    /// </summary>
    public List<OutgoingFrame> Frames(EntityStore entities, Fence map, long tick, DateTimeOffset now)
    {
        entities.Forget(_feeds.Values.Where(feed => feed.Acknowledged > 0).Select(feed => feed.Acknowledged).DefaultIfEmpty(tick).Min());
        var states = new Dictionary<long, FeedState>();
        var frames = new List<OutgoingFrame>(_feeds.Count);
        var news = NewsSinceLastFrames(entities, tick);
        foreach (var feed in _feeds.Values)
        {
            feed.Withhold(feed.MaySend(now) ? Math.Max(0, news - 1) : news);
            if (!feed.MaySend(now))
                continue;
            if (!states.TryGetValue(feed.Acknowledged, out var state))
                states[feed.Acknowledged] = state = entities.Since(feed.Acknowledged, tick, now.ToUnixTimeMilliseconds());
            if (!feed.IsDue(state, now))
                continue;
            frames.Add(new(feed.Observer, feed.Frame(map, state, now)));
        }
        return frames;
    }

    /// <summary>How many ticks have passed since frames were made, if anything changed in them: several when the map catches up.</summary>
    private int NewsSinceLastFrames(EntityStore entities, long tick)
    {
        var news = entities.LastChange > _framedTick ? tick - _framedTick : 0;
        _framedTick = tick;
        return (int)news;
    }

    public ImmutableArray<string> Describe() => [.. _feeds.Keys.Select(gateway => gateway.ToString())];
}
