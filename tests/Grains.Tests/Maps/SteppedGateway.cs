using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>A gateway of a map under test: a replica made of the frames it got, and the events in their order.</summary>
internal sealed class SteppedGateway : IMapFeedObserver
{
    private readonly Dictionary<int, EntityChange> _places = [];
    private readonly Dictionary<int, EntityIdentityChange> _identities = [];
    private readonly List<FeedEvent> _events = [];
    private long _sequence;

    public GatewayId Id { get; } = GatewayId.New();

    public Fence Map { get; set; }

    /// <summary>Of the roster it joined with.</summary>
    public IReadOnlyList<int> Entities { get; private set; } = [];

    public long Tick { get; private set; }

    public long LastEvent { get; private set; }

    /// <summary>Frames that were sent, lost ones included.</summary>
    public List<FeedFrame> Frames { get; } = [];

    /// <summary>While true, frames never arrive.</summary>
    public bool LosesFrames { get; set; }

    /// <summary>While true, it says nothing.</summary>
    public bool IsSilent { get; set; }

    public IReadOnlyDictionary<int, EntityChange> Replica => _places;

    public IEnumerable<FeedEvent> Events => _events;

    public IEnumerable<T> Told<T>(int entity) where T : Happening =>
        _events.Where(happened => happened.Recipients.IsEmpty || happened.Recipients.Contains(entity)).Select(happened => happened.What).OfType<T>();

    public string NameOf(int entity) => _identities[entity].Name;

    public Position PlaceOf(int entity) => new(_places[entity].X / 100f, _places[entity].Y / 100f, _places[entity].Z / 100f);

    public Task OnFrame(FeedFrame frame)
    {
        Frames.Add(frame);
        if (!LosesFrames && frame.Map == Map && (frame.From == 0 || frame.From <= Tick) && frame.To > Tick)
            Apply(frame);
        return Task.CompletedTask;
    }

    public InputBatch Batch(params PlayerInput[] inputs) => new(Id, Map, ++_sequence, Tick, LastEvent, [.. inputs]);

    /// <summary>The map took it, begins with a snapshot, and may number its events anew.</summary>
    public void Joined(FeedJoined joined)
    {
        (Map, Entities, LastEvent) = (joined.Map, joined.Entities, 0);
        Forget();
    }

    private void Apply(FeedFrame frame)
    {
        if (frame.From == 0)
            Forget();
        Tick = frame.To;
        foreach (var identity in frame.State.Identities)
            _identities[identity.Entity] = identity;
        foreach (var change in frame.State.Changed)
            _places[change.Entity] = change;
        foreach (var left in frame.State.Left)
            _places.Remove(left);
        foreach (var happened in frame.Events.Where(happened => happened.Number > LastEvent))
        {
            Assert.Equal(LastEvent == 0 ? happened.Number : LastEvent + 1, happened.Number);
            _events.Add(happened);
            LastEvent = happened.Number;
        }
    }

    private void Forget()
    {
        _places.Clear();
        _identities.Clear();
        Tick = 0;
    }
}
