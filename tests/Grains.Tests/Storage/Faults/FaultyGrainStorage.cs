using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>
/// A storage that fails as a test wants it. When the answer of a call is lost, the grain keeps the ETag it had, as it would if
/// the connection broke: the next write of that activation is a conflict.
/// </summary>
internal sealed class FaultyGrainStorage(IGrainStorage real, StorageFaults faults) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(new(StorageCallKind.Read, stateName, grainId), grainState, state => real.ReadStateAsync(stateName, grainId, state));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(new(StorageCallKind.Write, stateName, grainId), grainState, state => real.WriteStateAsync(stateName, grainId, state));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(new(StorageCallKind.Clear, stateName, grainId), grainState, state => real.ClearStateAsync(stateName, grainId, state));

    public void Participate(ISiloLifecycle lifecycle) => (real as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    private async Task Do<T>(StorageCall call, IGrainState<T> grainState, Func<IGrainState<T>, Task> act)
    {
        faults.Saw(call);
        await faults.Meet(call, CommitPoint.Before);
        var answer = new GrainState<T> { State = grainState.State, ETag = grainState.ETag, RecordExists = grainState.RecordExists };
        await act(answer);
        await faults.Meet(call, CommitPoint.After);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (answer.State, answer.ETag, answer.RecordExists);
    }
}
