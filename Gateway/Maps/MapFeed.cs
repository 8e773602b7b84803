using System.Threading.Channels;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;
using Channel = System.Threading.Channels.Channel;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// One map on this gateway: inputs up, frames down. The map calls <see cref="Receive"/> from its thread; a loop of the feed's own
/// applies the frame to the replica, hands out the events and serves every viewer. <see cref="FeedLink"/> is the other
/// half: the conversation with the map (join, batches, lease). All state is behind one lock, inputs are behind theirs.
/// </summary>
internal sealed class MapFeed
{
    /// <summary>Frames that wait for the loop; one more is dropped, and the next starts at what was acknowledged.</summary>
    private const int MostWaitingFrames = 8;

    private readonly Lock _gate = new();
    private readonly Channel<(int Joining, FeedFrame Frame)> _frames = Channel.CreateBounded<(int, FeedFrame)>(
        new BoundedChannelOptions(MostWaitingFrames) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Replica _replica = new();
    private readonly FrameWriter _frameWriter = new();
    private readonly EventWriter _eventWriter = new();
    private readonly EventHold _hold = new();
    private readonly List<Visit> _visits = [];
    private readonly Dictionary<int, Visit> _byEntity = [];
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _log;
    private Interest? _interest;
    private Fence _fence;
    private long _lastEvent;
    private int _joining;
    private bool _isJoined;
    private bool _isCatchUpDue;

    public MapFeed(MapId id, GatewayMetrics metrics, ILogger log) => (Id, _metrics, _log) = (id, metrics, log);

    public MapId Id { get; }

    public InputCollector Inputs { get; } = new();

    /// <summary>The conversation with the map. Set once, before the feed is used.</summary>
    public IFeedLink Link { get; set; } = null!;

    /// <summary>Nobody is here or on the way in.</summary>
    public bool IsUnused
    {
        get
        {
            lock (_gate)
                return _visits.Count == 0 && !_hold.IsHolding;
        }
    }

    /// <summary>The latest attempt to join the map.</summary>
    public int Joining
    {
        get
        {
            lock (_gate)
                return _joining;
        }
    }

    /// <summary>Somebody is about to be let in by the map: from now to <see cref="EndEntry"/> no event gets lost for it.</summary>
    public void BeginEntry()
    {
        lock (_gate)
            _hold.BeginEntry();
    }

    public void EndEntry()
    {
        lock (_gate)
            _hold.EndEntry();
    }

    /// <summary>The map let a player in, and the client knows: it gets events from here on, those among them that came already.</summary>
    public void Add(Visit visit, EnteredMap entered)
    {
        lock (_gate)
        {
            _interest ??= new Interest(entered.Welcome.Rules.VisibleRangeMeters);
            _visits.Add(visit);
            _byEntity[visit.Entity] = visit;
            foreach (var happened in _hold.Events)
                if (IsFor(happened, visit))
                    Deliver(happened.What, EventWriter.Encode(happened.What), visit);
            if (_isJoined && entered.Joining == _joining && entered.Welcome.Map == _fence)
                return;
        }
        Link.JoinAgain("a player entered while it was being joined");
    }

    /// <summary>The client is ready: frames, beginning with everything in view.</summary>
    public void Show(Visit visit)
    {
        lock (_gate)
        {
            visit.IsShown = true;
            _isCatchUpDue = true;
        }
        Link.Wake();
    }

    public void Remove(Visit visit)
    {
        lock (_gate)
        {
            _visits.Remove(visit);
            if (_byEntity.TryGetValue(visit.Entity, out var current) && current == visit)
                _byEntity.Remove(visit.Entity);
        }
        Inputs.Remove(visit);
    }

    /// <summary>Called by the map: keeps the frame for the loop and returns.</summary>
    public void Receive(int joining, FeedFrame frame) => _frames.Writer.TryWrite((joining, frame));

    /// <summary>Serves frames one after another until the feed ends.</summary>
    public async Task Run()
    {
        await foreach (var (joining, frame) in _frames.Reader.ReadAllAsync())
        {
            try
            {
                Serve(joining, frame);
            }
            catch (Exception exception)
            {
                GatewayLog.FrameFailed(_log, exception, Id);
            }
        }
    }

    /// <summary>Ends the loop.</summary>
    public void End() => _frames.Writer.TryComplete();

    /// <summary>Makes up for viewers that were skipped, are new, or got a part only, when no frame of the map comes to do it.</summary>
    public void CatchUp()
    {
        lock (_gate)
            if (_isCatchUpDue)
                ServeViewers();
    }

    /// <summary>What the next batch acknowledges, and to whom.</summary>
    public (Fence Map, long Tick, long Event) Acknowledgement
    {
        get
        {
            lock (_gate)
                return (_fence, _replica.Tick, _lastEvent);
        }
    }

    /// <summary>Drops the replica and lists this gateway's players, for the map to take (again). Frames of before no longer count.</summary>
    public FeedJoining BeginJoin()
    {
        lock (_gate)
        {
            _isJoined = false;
            foreach (var visit in _visits)
                NotePose(visit);
            _replica.Clear();
            return new FeedJoining(++_joining, _fence, [.. _visits], [.. _visits.Select(visit => visit.ToRosterEntry())]);
        }
    }

    /// <summary>The map took the gateway: each of the listed players has its entity, or is not taken and closed.</summary>
    public void CompleteJoin(FeedJoining joining, FeedJoined joined)
    {
        lock (_gate)
        {
            (_fence, _lastEvent, _isJoined, _isCatchUpDue) = (joined.Map, 0, true, true);
            for (var i = 0; i < joining.Visits.Length; i++)
                TakeEntity(joining.Visits[i], joined.Entities[i]);
            _byEntity.Clear();
            foreach (var visit in _visits)
                _byEntity[visit.Entity] = visit;
        }
    }

    /// <summary>Closes every player's connection.</summary>
    public void CloseAll(Refusal why)
    {
        lock (_gate)
            foreach (var visit in _visits)
                visit.Client.Close(why);
    }

    private static bool IsFor(FeedEvent happened, Visit visit) =>
        happened.Recipients.IsEmpty || happened.Recipients.Contains(visit.Entity);

    private void Serve(int joining, FeedFrame frame)
    {
        bool isOurs;
        lock (_gate)
        {
            if (joining != _joining || !_isJoined || frame.Map < _fence)
                return;
            isOurs = frame.Map == _fence;
            if (isOurs)
                Take(frame);
        }
        if (isOurs)
            Link.FrameArrived();
        else
            Link.JoinAgain("a frame came from a later life of the map");
    }

    private void Take(FeedFrame frame)
    {
        foreach (var happened in frame.Events)
            Take(happened);
        if (_replica.Apply(frame.State))
            ServeViewers();
    }

    private void Take(FeedEvent happened)
    {
        if (happened.Number <= _lastEvent)
            return;
        _lastEvent = happened.Number;
        _hold.Add(happened);
        if (happened.What is TakenAway taken)
        {
            Close(taken);
            return;
        }
        var encoded = EventWriter.Encode(happened.What);
        if (!happened.Recipients.IsEmpty)
            foreach (var entity in happened.Recipients)
                Deliver(happened.What, encoded, _byEntity.GetValueOrDefault(entity));
        else
            for (var i = _visits.Count - 1; i >= 0; i--)
                Deliver(happened.What, encoded, _visits[i]);
    }

    /// <summary>Nobody under that entity: the player has gone since, or is entering and gets it from the hold.</summary>
    private void Deliver(Happening what, byte[] encoded, Visit? visit)
    {
        if (visit is null || (what is LineHeard heard && !visit.Hear(heard.Channel, heard.Line.Position)))
            return;
        // First the state, then the word: the client may enter the other map over this connection as soon as it has read it.
        if (what is MovedAway)
            MoveOn(visit);
        if (encoded.Length == 0)
            return;
        visit.Client.Send(_eventWriter.Write(visit.NextEvent(), encoded));
        _metrics.EventSent();
    }

    /// <summary>By owner, not by entity: who takes a character over on the same map goes on as the same entity.</summary>
    private void Close(TakenAway taken)
    {
        foreach (var visit in _visits)
            if (visit.Character == taken.Character && visit.Owner <= taken.Owner)
                visit.Client.Close(taken.Why);
    }

    private void MoveOn(Visit visit)
    {
        Remove(visit);
        visit.Client.MoveOn(visit);
    }

    private void ServeViewers()
    {
        _isCatchUpDue = false;
        if (_interest is null || _replica.Tick == 0)
            return;
        foreach (var visit in _visits)
            if (visit.IsShown)
                Serve(visit, _interest);
    }

    private void Serve(Visit visit, Interest interest)
    {
        if (!visit.Client.TakesFrame)
        {
            _metrics.FrameSkipped();
            _isCatchUpDue = true;
            return;
        }
        if (visit.Viewer.Write(_replica, interest, visit.Entity, _frameWriter, out var isPartial))
            visit.Client.SendFrame(_frameWriter.Finish());
        _isCatchUpDue |= isPartial;
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

    private void TakeEntity(Visit visit, int entity)
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
