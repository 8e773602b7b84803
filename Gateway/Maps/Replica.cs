using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// This gateway's copy of a map: dense arrays by slot, absolute values. A frame that continues a tick the replica has reached is
/// applied whole, whatever was lost before it; one from tick 0 is everything there is. So nothing that gets lost on the way
/// needs to be asked for again: the next frame starts at the acknowledged tick.
/// </summary>
internal sealed class Replica
{
    private readonly Dictionary<int, int> _slotOf = [];
    private readonly Stack<int> _freeSlots = [];
    private readonly List<int> _stale = [];
    private EntityChange[] _state = [];
    private long[] _identityChangedAt = [];
    private int[] _entity = [];
    private int _slotsUsed;

    public InterestGrid Grid { get; } = new();

    public EntitySlices Slices { get; } = new();

    /// <summary>The tick this is the state of: what is acknowledged. 0: nothing has come yet.</summary>
    public long Tick { get; private set; }

    /// <summary>The map's clock at that tick, unix milliseconds.</summary>
    public long TimeMs { get; private set; }

    public int Count => _slotOf.Count;

    /// <summary>Slots are below this.</summary>
    public int Capacity => _entity.Length;

    /// <summary>The slot of an entity, or -1.</summary>
    public int SlotOf(int entity) => _slotOf.GetValueOrDefault(entity, -1);

    /// <summary>The entity in a slot, or 0.</summary>
    public int EntityAt(int slot) => _entity[slot];

    public ref readonly EntityChange StateAt(int slot) => ref _state[slot];

    public long IdentityChangedAt(int slot) => _identityChangedAt[slot];

    /// <summary>False when the frame changes nothing: it is older than the replica, or continues a tick that was never reached.</summary>
    public bool Apply(FeedState frame)
    {
        if (frame.To <= Tick || frame.From > Tick)
            return false;
        if (frame.From == 0 && Tick > 0)
            RemoveAllBut(frame);
        foreach (var entity in frame.Left)
            Remove(entity);
        foreach (var identity in frame.Identities)
            Apply(identity);
        foreach (ref readonly var change in frame.Changed.AsSpan())
            Apply(change);
        (Tick, TimeMs) = (frame.To, frame.TimeMs);
        return true;
    }

    /// <summary>Forgets everything, before the feed is joined again.</summary>
    public void Clear()
    {
        _slotOf.Clear();
        _freeSlots.Clear();
        Array.Clear(_entity);
        Grid.Clear();
        (_slotsUsed, Tick, TimeMs) = (0, 0, 0);
    }

    private void Apply(EntityIdentityChange identity)
    {
        var slot = SlotFor(identity.Entity);
        _identityChangedAt[slot] = identity.ChangedAt;
        Slices.Encode(slot, identity);
    }

    private void Apply(in EntityChange change)
    {
        var slot = SlotFor(change.Entity);
        _state[slot] = change;
        Slices.Encode(slot, change);
        Grid.Move(slot, change.X, change.Z);
    }

    private int SlotFor(int entity)
    {
        if (_slotOf.TryGetValue(entity, out var known))
            return known;
        var slot = _freeSlots.TryPop(out var free) ? free : _slotsUsed++;
        Reserve(slot);
        (_entity[slot], _slotOf[entity], _identityChangedAt[slot]) = (entity, slot, 0);
        _state[slot] = new EntityChange { Entity = entity };
        Slices.Forget(slot);
        Slices.Encode(slot, _state[slot]);
        Grid.Add(slot, 0, 0);
        return slot;
    }

    private void Remove(int entity)
    {
        if (!_slotOf.Remove(entity, out var slot))
            return;
        Grid.Remove(slot);
        _entity[slot] = 0;
        _freeSlots.Push(slot);
    }

    /// <summary>A frame from tick 0 over a replica that has something: what it does not name is gone.</summary>
    private void RemoveAllBut(FeedState everything)
    {
        _stale.Clear();
        _stale.AddRange(_slotOf.Keys);
        var named = new HashSet<int>(everything.Changed.Length);
        foreach (ref readonly var change in everything.Changed.AsSpan())
            named.Add(change.Entity);
        foreach (var entity in _stale)
            if (!named.Contains(entity))
                Remove(entity);
    }

    private void Reserve(int slot)
    {
        if (slot < _entity.Length)
            return;
        var size = Math.Max(64, _entity.Length * 2);
        Array.Resize(ref _state, size);
        Array.Resize(ref _identityChangedAt, size);
        Array.Resize(ref _entity, size);
        Slices.Reserve(size);
    }
}
