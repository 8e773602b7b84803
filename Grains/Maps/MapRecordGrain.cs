using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Maps;

/// <summary>
/// Keeps the record of one map. What its store could not do is told as a failure and repaired by the next call; a write that loses
/// to another activation of this grain ends this one, and the next judges by what is there.
/// </summary>
[GrainType("mmo.map-record")]
internal sealed class MapRecordGrain(IGrainContext context, RecordStores stores) : Grain, IMapRecordGrain
{
    private readonly RecordStore<MapRecord> _store = stores.Of<MapRecord>(MapRecord.State, context);

    public async Task<Answer<MapClaim>> Claim()
    {
        var claimed = await _store.Change(record => Answer.Of(record with { Incarnation = record.Incarnation + 1 }));
        return claimed.TryGet(out var record, out var why)
            ? Answer.Of(new MapClaim(record.Incarnation, new(record.Tick, record.Positions, record.Systems)))
            : Answer.Refuse<MapClaim>(why);
    }

    public async Task<CheckpointAnswer> Save(long incarnation, MapCheckpoint checkpoint)
    {
        var isCurrent = true;
        var saved = await _store.Change(record =>
        {
            isCurrent = record.Incarnation == incarnation;
            return Answer.Of(isCurrent ? With(record, checkpoint) : record);
        });
        if (!isCurrent)
            return CheckpointAnswer.Conflict;
        return saved.TryGet(out _, out _) ? CheckpointAnswer.Saved : CheckpointAnswer.Failed;
    }

    private static MapRecord With(MapRecord record, MapCheckpoint checkpoint) => record with
    {
        Tick = checkpoint.Tick,
        Positions = checkpoint.Positions.ToArray(),
        Systems = checkpoint.Systems.ToArray(),
    };
}
