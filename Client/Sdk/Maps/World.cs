using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Timing;

namespace MmoOrleans.Sdk.Maps;

/// <summary>
/// What the character sees. It changes where events are raised and nowhere else, so a game may read it from there without care.
/// The own entity is predicted: its pose is what the client said last, until the server corrects it.
/// </summary>
public sealed class World
{
    /// <summary>Moves that wait for the server's word: six seconds of them. Older ones are settled by the next word anyhow.</summary>
    private const int MostSent = 128;

    private readonly Dictionary<uint, Entity> _entities = [];
    private readonly Queue<(uint Input, Pose Pose)> _sent = new();
    private readonly IClientClock _clock;
    private readonly TimeSpan _delay;

    internal World(IClientClock clock, TimeSpan interpolationDelay) => (_clock, _delay) = (clock, interpolationDelay);

    /// <summary>The map the character is on; null when it is on none.</summary>
    public MapVisit? Visit { get; private set; }

    /// <summary>True while the own character stands on the map and may move.</summary>
    public bool IsSpawned { get; internal set; }

    /// <summary>Everything in view, the own character included.</summary>
    public IReadOnlyCollection<Entity> Entities => _entities.Values;

    /// <summary>The own character; null when it is on no map.</summary>
    public Entity? Own { get; private set; }

    /// <summary>The server's clock.</summary>
    public ServerClock Clock { get; } = new();

    /// <summary>The tick of the newest frame.</summary>
    public ulong Tick { get; private set; }

    /// <summary>The newest move that the server has taken or refused.</summary>
    public uint AcknowledgedInput { get; private set; }

    /// <summary>The own pose that the server has last agreed to or set.</summary>
    public Pose AcknowledgedPose { get; private set; }

    /// <summary>One entity in view.</summary>
    public Entity? Find(uint id) => _entities.TryGetValue(id, out var entity) ? entity : null;

    /// <summary>The player of this name in view, ignoring case.</summary>
    public Entity? FindPlayer(string name) =>
        _entities.Values.FirstOrDefault(one => one.Kind == EntityKind.Player && string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where to draw it now: the own character where it is, others a little in the past and smoothly.</summary>
    public Pose PoseOf(Entity entity) =>
        IsOwn(entity) ? entity.Pose : entity.PoseAt(Clock.At(_clock.Now) - _delay);

    internal void Begin(MapVisit visit)
    {
        (Visit, IsSpawned) = (visit, false);
        Clock.Forget();
        (Tick, AcknowledgedInput, AcknowledgedPose) = (0, 0, visit.Start);
        _sent.Clear();
        var own = new Entity(visit.EntityId);
        own.Introduce(new EntityIdentity { Kind = EntityKind.Player, Name = visit.CharacterName });
        own.Place(TimeSpan.Zero, visit.Start);
        _entities[own.Id] = Own = own;
    }

    /// <summary>Forgets the map and answers the others that were in view.</summary>
    internal List<Entity> End()
    {
        var others = _entities.Values.Where(one => one.IsIntroduced && !IsOwn(one)).ToList();
        _entities.Clear();
        (Visit, Own, IsSpawned) = (null, null, false);
        return others;
    }

    internal void Frame(MapFrame frame, WorldChanges changes)
    {
        var at = TimeSpan.FromMilliseconds(frame.ServerTimeMs);
        Clock.Frame(_clock.Now, at);
        Tick = frame.Tick;
        Acknowledge(frame.AcknowledgedInput);
        foreach (var state in frame.Entities) Apply(state, at, changes);
        foreach (var id in frame.Left) Remove(id, changes);
    }

    /// <summary>The client's word for the own pose, until the server says otherwise.</summary>
    internal void Predict(uint input, Pose pose)
    {
        if (_sent.Count == MostSent) _sent.Dequeue();
        _sent.Enqueue((input, pose));
        Own?.Place(TimeSpan.Zero, pose);
    }

    /// <summary>The server's word: moves up to this one are settled, and the character is here.</summary>
    internal void Correct(uint input, Vector3 position)
    {
        if (Own is not { } own) return;
        var pose = own.Pose with { Position = position };
        Acknowledge(input);
        AcknowledgedPose = pose;
        own.Place(TimeSpan.Zero, pose);
    }

    private void Acknowledge(uint input)
    {
        AcknowledgedInput = Math.Max(AcknowledgedInput, input);
        while (_sent.Count > 0 && _sent.Peek().Input <= AcknowledgedInput) AcknowledgedPose = _sent.Dequeue().Pose;
    }

    private void Apply(EntityState state, TimeSpan at, WorldChanges changes)
    {
        if (!_entities.TryGetValue(state.Id, out var entity)) _entities[state.Id] = entity = new Entity(state.Id);
        var isNew = !entity.IsIntroduced;
        if (state.Identity is { } identity) entity.Introduce(identity);
        if (isNew && IsOwnUnderNewNumber(entity)) TakeOver(entity);
        if (IsOwn(entity)) return;

        entity.Move(at, new Pose(Units.ToMetres(state.XCm, state.YCm, state.ZCm), Units.ToDegrees(state.Heading)), FrameInterval);
        if (!entity.IsIntroduced) return;
        if (isNew) changes.Entered.Add(entity);
        else changes.Moved.Add(entity);
    }

    private void Remove(uint id, WorldChanges changes)
    {
        if (!_entities.TryGetValue(id, out var entity) || IsOwn(entity)) return;
        _entities.Remove(id);
        if (entity.IsIntroduced) changes.Left.Add(entity);
    }

    private bool IsOwn(Entity entity) => entity == Own;

    // A map that moved to another silo numbers its entities anew. Character names are unique, so this one is us.
    private bool IsOwnUnderNewNumber(Entity entity) =>
        Own is { } own && entity != own && entity.Kind == EntityKind.Player && string.Equals(entity.Name, own.Name, StringComparison.OrdinalIgnoreCase);

    private void TakeOver(Entity entity)
    {
        entity.Place(TimeSpan.Zero, Own!.Pose);
        _entities.Remove(Own.Id);
        Own = entity;
    }

    private TimeSpan FrameInterval => TimeSpan.FromSeconds(1.0 / Math.Max(1, Visit?.TickRate ?? 20));
}

/// <summary>What one frame changed, so that events are raised when the whole frame is in the world.</summary>
internal sealed class WorldChanges
{
    public List<Entity> Entered { get; } = [];

    public List<Entity> Moved { get; } = [];

    public List<Entity> Left { get; } = [];

    public void Clear()
    {
        Entered.Clear();
        Moved.Clear();
        Left.Clear();
    }
}
