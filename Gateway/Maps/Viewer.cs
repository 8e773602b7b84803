namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// What one client has in view, and how much of it the client knows: everything up to <c>sent-at</c>. Each frame tells what entered
/// (all of it), what changed since then (the moving part, or all of it when the identity changed) and what left. A client that was
/// skipped simply has an older sent-at; nothing is kept for it.
/// </summary>
internal sealed class Viewer
{
    /// <summary>No more entities enter in one frame when it has grown to this: the rest enters with the next. 64 KiB.</summary>
    public const int FullFrameBytes = 64 * 1024;

    private const int FewestSeen = 8;

    // The visible set in two parallel arrays: the slot, and the entity it held, by which a slot that was given away is seen.
    // They begin empty: most of what thousands of idle players held here was room for others.
    private int[] _slots = [];
    private int[] _entities = [];
    private int _count;
    private readonly List<int> _stale = [];
    private long _sentAt;
    private uint _sentInput;

    /// <summary>
    /// The feed was joined again: entities may have other numbers and ticks another origin. What the client still has goes with
    /// the next frame, unless it is in view there under the same number.
    /// </summary>
    public void Reset()
    {
        for (var i = 0; i < _count; i++)
            _stale.Add(_entities[i]);
        (_count, _sentAt, _sentInput) = (0, 0, 0);
    }

    /// <summary>
    /// Writes what this client needs to know now into the writer and notes it as sent. False when there is nothing to tell or
    /// the viewer's own entity is not on the map (yet). <paramref name="isPartial"/>: more is waiting.
    /// </summary>
    public bool Write(Replica replica, Interest interest, int ownEntity, FrameWriter frame, out bool isPartial)
    {
        isPartial = false;
        var own = replica.SlotOf(ownEntity);
        if (own < 0)
            return false;
        ref readonly var self = ref replica.StateAt(own);
        frame.Begin(replica.Tick, replica.TimeMs, self.InputSequence);
        interest.BeginMarks(replica.Capacity);
        WriteSeen(replica, interest, self.X, self.Z, frame);
        isPartial = WriteEntering(replica, interest, self.X, self.Z, frame);
        WriteStale(replica, interest, frame);
        var isNews = !frame.IsEmpty || self.InputSequence != _sentInput;
        (_sentAt, _sentInput) = (replica.Tick, self.InputSequence);
        return isNews;
    }

    private void WriteSeen(Replica replica, Interest interest, int x, int z, FrameWriter frame)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var (slot, entity) = (_slots[i], _entities[i]);
            if (IsGone(replica, interest, slot, entity, x, z, frame))
                continue;
            (_slots[kept], _entities[kept]) = (slot, entity);
            kept++;
            interest.Mark(slot);
            WriteChange(replica, slot, frame);
        }
        _count = kept;
    }

    private bool IsGone(Replica replica, Interest interest, int slot, int entity, int x, int z, FrameWriter frame)
    {
        if (replica.EntityAt(slot) != entity)
        {
            // It left the map, or left and came back into another slot: which of them is known when all that is in view is marked.
            _stale.Add(entity);
            return true;
        }
        if (DistanceSquared(replica, slot, x, z) <= interest.LeaveSquared)
            return false;
        frame.AppendLeft(entity);
        return true;
    }

    private void WriteChange(Replica replica, int slot, FrameWriter frame)
    {
        if (replica.IdentityChangedAt(slot) > _sentAt)
            replica.Slices.CopyFull(slot, frame);
        else if (replica.StateAt(slot).ChangedAt > _sentAt)
            replica.Slices.CopyChange(slot, frame);
    }

    /// <summary>True when not all that is in view fitted.</summary>
    private bool WriteEntering(Replica replica, Interest interest, int x, int z, FrameWriter frame)
    {
        interest.Near.Clear();
        replica.Grid.CollectAround(x, z, interest.RangeCentimeters, interest.Near);
        foreach (var slot in interest.Near)
        {
            if (interest.IsMarked(slot) || DistanceSquared(replica, slot, x, z) > interest.EnterSquared)
                continue;
            if (frame.Length > FullFrameBytes)
                return true;
            Add(slot, replica.EntityAt(slot));
            interest.Mark(slot);
            replica.Slices.CopyFull(slot, frame);
        }
        return false;
    }

    private void WriteStale(Replica replica, Interest interest, FrameWriter frame)
    {
        foreach (var entity in _stale)
        {
            var slot = replica.SlotOf(entity);
            if (slot < 0 || !interest.IsMarked(slot))
                frame.AppendLeft(entity);
        }
        _stale.Clear();
    }

    private void Add(int slot, int entity)
    {
        if (_count == _slots.Length)
        {
            var size = Math.Max(FewestSeen, _count + (_count / 2));
            Array.Resize(ref _slots, size);
            Array.Resize(ref _entities, size);
        }
        (_slots[_count], _entities[_count]) = (slot, entity);
        _count++;
    }

    private static long DistanceSquared(Replica replica, int slot, int x, int z)
    {
        ref readonly var state = ref replica.StateAt(slot);
        var (dx, dz) = ((long)state.X - x, (long)state.Z - z);
        return (dx * dx) + (dz * dz);
    }
}
