using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>Claims a map's incarnation when somebody needs it, and stores its checkpoints. Only another claimant stops the map, a failing store does not.</summary>
internal sealed class RecordCalls(MapCalls calls)
{
    private static readonly TimeSpan ClaimRetry = TimeSpan.FromMilliseconds(250);

    private DateTimeOffset _nextClaim;

    private IMapRecordGrain Record => calls.Grains.GetGrain<IMapRecordGrain>(calls.Map.Id.Key);

    public bool IsStoring => calls.Outbox.IsUnderWay(Errand.Checkpoint);

    public void Step(DateTimeOffset now)
    {
        if (calls.Map.Fence == Fence.None)
            Claim(now);
        else if (!IsStoring && calls.Map.Checkpoints.Due() is { } checkpoint)
            Store(checkpoint);
    }

    /// <summary>Stores the state as it is now, whenever the last checkpoint was. The map is claimed, and stores nothing else just now.</summary>
    public MapCheckpoint StoreNow()
    {
        var checkpoint = calls.Map.Checkpoints.Take();
        Store(checkpoint);
        return checkpoint;
    }

    private void Claim(DateTimeOffset now)
    {
        if (!calls.Map.WantsClaim || now < _nextClaim)
            return;
        _nextClaim = now + ClaimRetry;
        calls.Outbox.Start(Errand.Claim, Record.Claim, outcome => Claimed(outcome));
    }

    private void Claimed(Outcome<Answer<MapClaim>> outcome)
    {
        if (!outcome.TryGet(out var answer))
            MapLog.ClaimFailed(calls.Log, calls.Map.Id, outcome.Failure!.Message);
        else if (!answer.TryGet(out var claim, out var why))
            MapLog.ClaimFailed(calls.Log, calls.Map.Id, why.ToString());
        else if (calls.Map.Fence == Fence.None)
            calls.Map.Claimed(claim);
    }

    private void Store(MapCheckpoint checkpoint)
    {
        var incarnation = calls.Map.Fence.Incarnation;
        calls.Outbox.Start(Errand.Checkpoint, () => Record.Save(incarnation, checkpoint), outcome => Stored(outcome, checkpoint));
    }

    private void Stored(Outcome<CheckpointAnswer> outcome, MapCheckpoint checkpoint)
    {
        calls.Metrics.Checkpoints.Add(1);
        if (!outcome.TryGet(out var answer))
            MapLog.CheckpointFailed(calls.Log, calls.Map.Id, outcome.Failure!.Message);
        else if (answer == CheckpointAnswer.Conflict)
            calls.Map.Stop("another activation has claimed it");
        else if (answer == CheckpointAnswer.Failed)
            MapLog.CheckpointFailed(calls.Log, calls.Map.Id, "the store did not take it");
        else
            calls.Map.Checkpoints.Stored(checkpoint);
    }
}
