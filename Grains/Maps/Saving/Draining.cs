using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Calls;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>
/// Before the map's silo stops, or the map moves: it is frozen, everybody is saved, then the map itself. Each drain has an id, and only
/// who has the newest may have the map moved or go on: another would thaw it under the hands of the one that is about to move it.
/// </summary>
internal sealed class Draining(MapCalls calls, TimeProvider time)
{
    /// <summary>A map that is to move and still is here has been forgotten by whoever wanted it to: it goes on.</summary>
    public static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestErrands = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreRetry = TimeSpan.FromMilliseconds(250);

    private TaskCompletionSource? _drained;
    private Guid _drain;
    private DateTimeOffset? _movesUntil;
    private DateTimeOffset _errandsUntil;
    private DateTimeOffset _nextStore;
    private MapCheckpoint? _lastCheckpoint;

    /// <summary>It has begun and not ended: a map that rests is to come back soon.</summary>
    public bool IsUnderWay => _drained is { Task.IsCompleted: false };

    /// <summary>Answers how far it came in time. Null: somebody moves the map already, or has taken it over.</summary>
    public async Task<MapDrained?> Drain(TimeSpan within, DrainReason why)
    {
        if (calls.Map.IsDraining && why == DrainReason.Move)
            return null;
        var drained = Begin(why);
        var drain = _drain;
        try
        {
            await drained.WaitAsync(within, time);
        }
        catch (TimeoutException)
        {
            // The time is over: the answer says what is not stored.
        }
        MapLog.Drained(calls.Log, calls.Map.Id, calls.Map.Saves.Count);
        return drain == _drain ? new MapDrained(drain, calls.Map.Saves.Count, MayMove(drain)) : null;
    }

    /// <summary>It is drained under this id, and all of it is stored.</summary>
    public bool MayMove(Guid drain) => drain == _drain && _drained is { Task.IsCompleted: true };

    /// <summary>The map stays. Ignored when it was drained under another id since.</summary>
    public void Resume(Guid drain)
    {
        if (drain != _drain || _drained is null)
            return;
        calls.Map.Resume(time.GetUtcNow());
        _drained.TrySetResult();
        (_drained, _movesUntil) = (null, null);
    }

    /// <summary>
    /// When nobody is left to be saved, one more checkpoint: the next start finds everybody where they stood. What the systems have
    /// asked for and is about to come is waited for, so that it is in it.
    /// </summary>
    public void Step(DateTimeOffset now, RecordCalls record)
    {
        if (now >= _movesUntil)
            Resume(_drain);
        if (!IsUnderWay || calls.Map.Saves.Count > 0 || record.IsStoring || (calls.Map.Errands.IsBusy && now < _errandsUntil))
            return;
        if (calls.Map.Fence == Fence.None || calls.Map.Checkpoints.IsStored(_lastCheckpoint))
            _drained!.TrySetResult();
        else if (now >= _nextStore)
            (_lastCheckpoint, _nextStore) = (record.StoreNow(), now + StoreRetry);
    }

    /// <summary>Whoever drained it before has lost it.</summary>
    private Task Begin(DrainReason why)
    {
        var now = time.GetUtcNow();
        _drain = Guid.NewGuid();
        _drained?.TrySetResult();
        calls.Map.Drain(now, thenMoves: why != DrainReason.Stop);
        (_errandsUntil, _movesUntil, _lastCheckpoint) = (now + LongestErrands, why == DrainReason.Stop ? null : now + LongestMove, null);
        _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _drained.Task;
    }
}
