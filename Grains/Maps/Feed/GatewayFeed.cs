using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps.Feed;

/// <summary>What a map knows of one gateway: what it was sent, what it has acknowledged, when it was last heard.</summary>
internal sealed class GatewayFeed(GatewayId gateway, IMapFeedObserver observer, EventQueue events, long joinedAt)
{
    /// <summary>
    /// Frames that may be under way at once. A gateway in the same process acknowledges within a step, or two when they are shorter than
    /// 25 ms; one behind a slow line would get the same changes again with each frame, so after these the map waits for it.
    /// </summary>
    private const int MostUnanswered = 4;

    /// <summary>Without an answer for this long the next frame goes out again, from the acknowledged tick.</summary>
    private static readonly TimeSpan Resend = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Without news a frame still goes out this often: it moves the gateway's replica to a fresh tick and time. The lease does not need it:
    /// that is renewed by the gateway's batches, which are answered.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private int _unanswered;
    private int _withheld;
    private DateTimeOffset _lastSent;

    public GatewayId Gateway => gateway;

    public IMapFeedObserver Observer => observer;

    public EventQueue Events => events;

    /// <summary>The tick its replica has; 0: nothing, it gets a snapshot.</summary>
    public long Acknowledged { get; private set; }

    public DateTimeOffset LastHeard { get; set; }

    public long InputSequence { get; set; }

    /// <summary>
    /// Takes an acknowledgement. One of a tick before the gateway joined is a call that was late: it is about the replica
    /// that the gateway has thrown away.
    /// </summary>
    public void Acknowledge(long tick, long newest)
    {
        if (tick < joinedAt || tick > newest || tick <= Acknowledged)
            return;
        Acknowledged = tick;
        _unanswered = 0;
    }

    public bool MaySend(DateTimeOffset now) => _unanswered < MostUnanswered || now - _lastSent >= Resend;

    /// <summary>Whether this state is worth a frame now. A gateway that has nothing yet is told that there is nothing.</summary>
    public bool IsDue(FeedState state, DateTimeOffset now) =>
        !state.IsEmpty || state.From == 0 || !events.Waiting.IsEmpty || now - _lastSent >= Quiet;

    /// <summary>So many ticks with news go by without a frame for this gateway: the next one tells.</summary>
    public void Withhold(int ticks) => _withheld += ticks;

    public FeedFrame Frame(Fence map, FeedState state, DateTimeOffset now)
    {
        var frame = new FeedFrame(map, state, events.Waiting, _withheld);
        (_unanswered, _withheld, _lastSent) = (_unanswered + 1, 0, now);
        return frame;
    }
}
