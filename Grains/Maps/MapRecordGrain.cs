using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Storage;
using Orleans.Storage;

namespace MmoOrleans.Grains.Maps;

/// <summary>
/// Keeps the record of one map. No storage exception leaves it: a conflict means that another activation of this grain has written,
/// so it reads again and judges by what is there; anything else is told as a failure and repaired by the next call.
/// </summary>
[GrainType("mmo.map-record")]
internal sealed class MapRecordGrain(
    [PersistentState("map", StorageNames.Mmo)] IPersistentState<MapRecord> stored, ILogger<MapRecordGrain> log) : Grain, IMapRecordGrain
{
    /// <summary>What is in memory may not be what is stored.</summary>
    private bool _isUncertain;

    public async Task<Answer<MapClaim>> Claim()
    {
        if (!await Read())
            return Answer.Refuse<MapClaim>(RefusalCode.ServiceNotAvailable);
        stored.State.Incarnation++;
        return await Write()
            ? Answer.Of(new MapClaim(stored.State.Incarnation, new(stored.State.Tick, stored.State.Positions, stored.State.Systems)))
            : Answer.Refuse<MapClaim>(RefusalCode.ServiceNotAvailable);
    }

    public async Task<CheckpointAnswer> Save(long incarnation, MapCheckpoint checkpoint)
    {
        if (!await Read())
            return CheckpointAnswer.Failed;
        if (stored.State.Incarnation != incarnation)
            return CheckpointAnswer.Conflict;
        var record = stored.State;
        (record.Tick, record.Positions, record.Systems) = (checkpoint.Tick, checkpoint.Positions.ToArray(), checkpoint.Systems.ToArray());
        return await Write() ? CheckpointAnswer.Saved : CheckpointAnswer.Failed;
    }

    /// <summary>Makes sure that memory holds what is stored; false when the store does not answer.</summary>
    private async Task<bool> Read()
    {
        if (!_isUncertain)
            return true;
        try
        {
            await stored.ReadStateAsync();
            _isUncertain = false;
            return true;
        }
        catch (Exception failure)
        {
            MapLog.RecordFailed(log, failure, this.GetPrimaryKeyString());
            return false;
        }
    }

    /// <summary>False when it was not, or perhaps not, written: then memory is read anew before it is used.</summary>
    private async Task<bool> Write()
    {
        try
        {
            await stored.WriteStateAsync();
            return true;
        }
        catch (Exception failure)
        {
            _isUncertain = true;
            if (failure is not InconsistentStateException)
                MapLog.RecordFailed(log, failure, this.GetPrimaryKeyString());
            return false;
        }
    }
}
