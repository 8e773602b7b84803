using MmoOrleans.Grains.Storage;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage;

/// <summary>
/// Puts a record into its row while the grain's turn still holds, so that a call that interleaves cannot change it half-way;
/// the provider below, which may wait for a connection first, gets the finished row (<see cref="RowSerializer"/>).
/// </summary>
internal sealed class RowStorage(IGrainStorage rows) : IGrainStorage
{
    /// <summary>The name of the provider below; no grain knows it.</summary>
    internal const string Rows = StorageNames.Mmo + "-rows";

    private readonly RecordSerializer _serializer = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<BinaryData> { State = _serializer.Serialize(grainState.State), ETag = grainState.ETag, RecordExists = grainState.RecordExists };
        await rows.WriteStateAsync(stateName, grainId, row);
        grainState.ETag = row.ETag;
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ClearStateAsync(stateName, grainId, grainState);
}
