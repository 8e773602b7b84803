using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps.Entities;

/// <summary>
/// All visible entities of a map in dense arrays: a step touches thousands of them, so what moves lies side by side and an
/// entity's slot is looked up once. Removing moves the last entity into the gap. Who leaves is remembered until every gateway
/// knows of it.
/// </summary>
internal sealed class EntityStore
{
    private readonly Dictionary<int, int> _slots = [];
    private readonly Queue<Tombstone> _left = [];
    private readonly HashSet<int> _leftIds = [];
    private EntityChange[] _moving = new EntityChange[16];
    private EntityIdentityChange[] _identities = new EntityIdentityChange[16];

    private long _lastChange;
    private long _lastIdentityChange;

    public int Count { get; private set; }

    /// <summary>The newest tick in which somebody came, moved or changed.</summary>
    public long LastChange => Math.Max(_lastChange, _lastIdentityChange);

    /// <summary>The moving parts, in no lasting order.</summary>
    public ReadOnlySpan<EntityChange> All => _moving.AsSpan(0, Count);

    public bool Contains(int entity) => _slots.ContainsKey(entity);

    /// <summary>Whether an id is taken or some gateway may still hold it.</summary>
    public bool IsUsed(int entity) => _slots.ContainsKey(entity) || _leftIds.Contains(entity);

    public void Add(EntityChange moving, EntityIdentityChange identity)
    {
        if (Count == _moving.Length)
        {
            Array.Resize(ref _moving, Count * 2);
            Array.Resize(ref _identities, Count * 2);
        }
        _slots.Add(moving.Entity, Count);
        (_moving[Count], _identities[Count]) = (moving, identity);
        _lastChange = Math.Max(_lastChange, moving.ChangedAt);
        _lastIdentityChange = Math.Max(_lastIdentityChange, identity.ChangedAt);
        Count++;
    }

    public bool Remove(int entity, long tick)
    {
        if (!_slots.Remove(entity, out var slot))
            return false;
        Count--;
        if (slot != Count)
        {
            (_moving[slot], _identities[slot]) = (_moving[Count], _identities[Count]);
            _slots[_moving[slot].Entity] = slot;
        }
        _identities[Count] = null!;
        _left.Enqueue(new(entity, tick));
        _leftIds.Add(entity);
        return true;
    }

    /// <summary>Puts an entity somewhere; nothing for one that is not here.</summary>
    public void Place(int entity, Spot spot, byte heading, uint input, long tick)
    {
        if (!_slots.TryGetValue(entity, out var slot))
            return;
        _moving[slot] = new(entity, spot.X, spot.Y, spot.Z, heading, input, tick);
        _lastChange = Math.Max(_lastChange, tick);
    }

    public bool TryFind(int entity, out EntityChange moving, out EntityIdentityChange identity)
    {
        var found = _slots.TryGetValue(entity, out var slot);
        (moving, identity) = found ? (_moving[slot], _identities[slot]) : (default, null!);
        return found;
    }

    public bool ChangeProperties(int entity, ReadOnlyMemory<byte> properties, long tick)
    {
        if (!_slots.TryGetValue(entity, out var slot))
            return false;
        _identities[slot] = _identities[slot] with { Properties = properties, ChangedAt = tick };
        _lastIdentityChange = Math.Max(_lastIdentityChange, tick);
        return true;
    }

    /// <summary>What a gateway that knows the state of one tick is missing at another; all of it from tick 0.</summary>
    public FeedState Since(long from, long to, long timeMs) =>
        new(from, to, timeMs, IdentitiesSince(from), ChangedSince(from), LeftSince(from));

    /// <summary>Every gateway has the state of this tick, or will start from nothing: earlier leavers need no more mention.</summary>
    public void Forget(long throughTick)
    {
        while (_left.TryPeek(out var gone) && gone.Tick <= throughTick)
            _leftIds.Remove(_left.Dequeue().Entity);
    }

    /// <summary>Counted first: one array of the right size, twenty times a second. Where everybody stands still nobody is looked at.</summary>
    private ImmutableArray<EntityChange> ChangedSince(long from)
    {
        if (from >= _lastChange)
            return [];
        var count = 0;
        foreach (ref readonly var moving in All)
            count += moving.ChangedAt > from ? 1 : 0;
        var changed = ImmutableArray.CreateBuilder<EntityChange>(count);
        foreach (ref readonly var moving in All)
            if (moving.ChangedAt > from)
                changed.Add(moving);
        return changed.MoveToImmutable();
    }

    /// <summary>Rare after the first frame: nothing is built unless there is one.</summary>
    private ImmutableArray<EntityIdentityChange> IdentitiesSince(long from) =>
        from >= _lastIdentityChange ? [] : [.. _identities.Take(Count).Where(identity => identity.ChangedAt > from)];

    /// <summary>A snapshot mentions nobody who is not there.</summary>
    private ImmutableArray<int> LeftSince(long from) =>
        from == 0 ? [] : [.. _left.Where(gone => gone.Tick > from).Select(gone => gone.Entity)];

    private readonly record struct Tombstone(int Entity, long Tick);
}
