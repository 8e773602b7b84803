using System.Diagnostics;
using System.Threading.Channels;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;
using Channel = System.Threading.Channels.Channel;

namespace MmoOrleans.Gateway.Maps;

/// <summary>How far a gateway has come with a map: in which life of it, to which tick and to which event.</summary>
internal sealed record Acknowledged(Fence Map, long Tick, long Event);

/// <summary>
/// One map on this gateway: inputs up, frames down. The map calls <see cref="Receive"/> from its thread; a loop of the feed's own
/// applies the frame to the replica, hands out the events (<see cref="EventDelivery"/>) and serves every viewer
/// (<see cref="ViewerRound"/>). <see cref="FeedLink"/> is the other
/// half: the conversation with the map (join, batches, lease). All state is behind one gate, inputs are behind their lock.
/// </summary>
internal sealed class MapFeed
{
    /// <summary>
    /// Frames that wait for the loop; one more is dropped, and the next starts at what was acknowledged. A map sends fewer than that
    /// before it is acknowledged.
    /// </summary>
    private const int MostWaitingFrames = 8;

    private readonly FeedGate _gate;
    private readonly Channel<(int Joining, FeedFrame Frame)> _frames = Channel.CreateBounded<(int, FeedFrame)>(
        new BoundedChannelOptions(MostWaitingFrames) { SingleReader = true });
    private readonly Replica _replica = new();
    private readonly FeedVisits _visits = new();
    private readonly EventDelivery _events;
    private readonly ViewerRound _round;
    private readonly Action _catchUp;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _log;
    private Acknowledged _acknowledged = new(Fence.None, 0, 0);
    private Fence _fence;
    private int _joining;
    private bool _isJoined;
    private int _lost;
    private int _isCatchUpPosted;

    public MapFeed(MapId id, GatewayMetrics metrics, ILogger log)
    {
        (Id, _metrics, _log) = (id, metrics, log);
        _gate = new FeedGate(exception => GatewayLog.FrameFailed(log, exception, id));
        _events = new EventDelivery(_visits, metrics);
        _round = new ViewerRound(_visits, _replica, metrics);
        _catchUp = MakeUp;
    }

    public MapId Id { get; }

    public InputCollector Inputs { get; } = new();

    /// <summary>The conversation with the map. Set once, before the feed is used.</summary>
    public IFeedLink Link { get; set; } = null!;

    /// <summary>Frames of the map that wait for the loop: more than one or two when rounds take longer than ticks.</summary>
    public int WaitingFrames => _frames.Reader.Count;

    /// <summary>Nobody is here or on the way in, and no round is being served.</summary>
    public bool IsUnused
    {
        get
        {
            if (!_gate.TryEnter(out var pass))
                return false;
            using (pass)
                return _visits.Count == 0 && !_events.Hold.IsHolding;
        }
    }

    /// <summary>The latest attempt to join the map.</summary>
    public int Joining => Volatile.Read(ref _joining);

    /// <summary>Somebody is about to be let in by the map: from now to <see cref="EndEntry"/> no event gets lost for it.</summary>
    public void BeginEntry() => _gate.Post(_events.Hold.BeginEntry);

    public void EndEntry() => _gate.Post(_events.Hold.EndEntry);

    /// <summary>The map let a player in, and the client knows: it gets events from here on, those among them that came already.</summary>
    public void Add(Visit visit, EnteredMap entered) => _gate.Post(() => Welcome(visit, entered));

    /// <summary>The client is ready: frames, beginning with everything in view.</summary>
    public void Show(Visit visit) => _gate.Post(() => Begin(visit));

    /// <summary>Waits for its turn, without a thread: when it ends, nothing more is sent for the visit.</summary>
    public async Task Remove(Visit visit)
    {
        await _gate.Make(() => _visits.Remove(visit));
        Inputs.Remove(visit);
    }

    /// <summary>
    /// Called by the map: keeps the frame for the loop and returns. One that finds no room is gone: its state and its events are in
    /// the next one too, and its tick is counted when that is served.
    /// </summary>
    public void Receive(int joining, FeedFrame frame)
    {
        if (!_frames.Writer.TryWrite((joining, frame)))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Serves frames one after another until the feed ends.</summary>
    public async Task Run()
    {
        while (await _frames.Reader.WaitToReadAsync())
        {
            try
            {
                ServeWaiting();
            }
            catch (Exception exception)
            {
                GatewayLog.FrameFailed(_log, exception, Id);
            }
        }
    }

    /// <summary>Ends the loop.</summary>
    public void End() => _frames.Writer.TryComplete();

    /// <summary>
    /// Makes up for viewers that were skipped, are new, or got a part only, when no frame of the map comes to do it. Waits for no round:
    /// whoever serves one does it afterwards.
    /// </summary>
    public void CatchUp()
    {
        if (Interlocked.Exchange(ref _isCatchUpPosted, 1) == 0)
            _gate.Post(_catchUp);
    }

    /// <summary>What the next batch acknowledges, and to whom. Waits for no round.</summary>
    public Acknowledged Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Drops the replica and lists this gateway's players, for the map to take (again). Frames of before no longer count.</summary>
    public FeedJoining BeginJoin()
    {
        using (_gate.Enter())
        {
            _isJoined = false;
            foreach (var visit in _visits.All)
                NotePose(visit);
            _replica.Clear();
            Acknowledge();
            return new FeedJoining(++_joining, _fence, [.. _visits.All], [.. _visits.All.Select(visit => visit.ToRosterEntry())]);
        }
    }

    /// <summary>The map took the gateway: each of the listed players has its entity, or is not taken and closed.</summary>
    public void CompleteJoin(FeedJoining joining, FeedJoined joined)
    {
        using (_gate.Enter())
        {
            (_fence, _isJoined, _round.IsDue) = (joined.Map, true, true);
            _events.Restart(joining.Number);
            Acknowledge();
            for (var i = 0; i < joining.Visits.Length; i++)
            {
                TakeEntity(joining.Visits[i], joined.Entities[i]);
                joining.Visits[i].ListenFrom(joining.Number, afterEvent: 0);
            }
            _visits.FindByNewEntities();
        }
    }

    /// <summary>Closes every player's connection.</summary>
    public void CloseAll(Refusal why)
    {
        using (_gate.Enter())
            foreach (var visit in _visits.All)
                visit.Client.Close(why);
    }

    private void MakeUp()
    {
        Volatile.Write(ref _isCatchUpPosted, 0);
        _round.CatchUp();
    }

    /// <summary>
    /// A newcomer's own avatar comes with the map's next frame, and all that is in view with it: hundreds who come at once need no look
    /// of their own. Who comes back finds its avatar here, and perhaps nothing changes: that one is looked at.
    /// </summary>
    private void Begin(Visit visit)
    {
        visit.IsShown = true;
        if (_replica.SlotOf(visit.Entity) < 0)
            return;
        visit.IsBehind = _round.HasBehind = true;
        Link.Wake();
    }

    private void Welcome(Visit visit, EnteredMap entered)
    {
        _round.Open(entered.Welcome.Rules.VisibleRangeMeters);
        _visits.Add(visit);
        var isKnown = _isJoined && entered.Joining == _joining && entered.Welcome.Map == _fence && _events.Hold.LostUpTo <= entered.Welcome.LastEvent;
        if (isKnown)
            visit.ListenFrom(_joining, entered.Welcome.LastEvent);
        _events.DeliverHeld(visit);
        visit.Client.Flush();
        if (!isKnown)
            Link.JoinAgain("a player entered while it was being joined");
    }

    /// <summary>
    /// All frames that have come, and then one round: when rounds take longer than ticks, every viewer gets frames less often, and no
    /// event is later for it than it must be. The beat to the map is set first: it does not wait for the round.
    /// </summary>
    internal void ServeWaiting()
    {
        string? rejoin = null;
        using (_gate.Enter())
        {
            var began = Stopwatch.GetTimestamp();
            var (taken, withheld) = (0, 0);
            while (_frames.Reader.TryRead(out var waiting))
            {
                _gate.MakeChanges(); // Who was entering before the frame came is to hear what is in it.
                if (!Take(waiting.Joining, waiting.Frame, ref rejoin))
                    continue;
                taken++;
                withheld += waiting.Frame.Withheld;
            }
            Acknowledge();
            if (taken > 0 && rejoin is null)
                Link.FrameArrived();
            if (_round.IsDue)
                _round.Serve();
            var skipped = Math.Max(0, taken - 1) + withheld + Interlocked.Exchange(ref _lost, 0);
            _metrics.RoundServed(Stopwatch.GetElapsedTime(began), _visits.Count, skipped);
        }
        if (rejoin is not null)
            Link.JoinAgain(rejoin);
    }

    private void Acknowledge() => Volatile.Write(ref _acknowledged, new Acknowledged(_fence, _replica.Tick, _events.LastNumber));

    /// <summary>False for a frame of another joining or another life of the map.</summary>
    private bool Take(int joining, FeedFrame frame, ref string? rejoin)
    {
        if (joining != _joining || !_isJoined || frame.Map < _fence)
            return false;
        if (frame.Map > _fence)
        {
            rejoin = "a frame came from a later life of the map";
            return false;
        }
        foreach (var happened in frame.Events)
            _events.Take(happened);
        _events.TellEverybody();
        _round.IsDue |= (_replica.Apply(frame.State) && !frame.State.IsEmpty) || !frame.Events.IsEmpty;
        return true;
    }

    private void NotePose(Visit visit)
    {
        visit.Viewer.Reset();
        var slot = _replica.SlotOf(visit.Entity);
        if (slot < 0)
            return;
        ref readonly var state = ref _replica.StateAt(slot);
        (visit.Pose, visit.InputSequence) = (state.ToPose(), state.InputSequence);
    }

    private static void TakeEntity(Visit visit, int entity)
    {
        if (entity == 0)
            visit.Client.Close(Refusal.For(RefusalCode.TicketExpired));
        else if (entity != visit.Entity)
            Rename(visit, entity);
    }

    /// <summary>The client knows itself under the old number: it is told the new one as it was told the first.</summary>
    private static void Rename(Visit visit, int entity)
    {
        visit.Entity = entity;
        if (visit.IsShown)
            visit.Client.Send(new ServerMessage { Spawned = new Spawned { EntityId = (uint)entity } });
    }
}
