using MmoOrleans.Grains.Storage;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Orleans' ADO.NET storage with its writes on the <see cref="SqliteWriter"/>. Reads go straight through: with the write-ahead
/// log they wait for nobody. A record is put into its row while the grain's turn still holds, so that a call that
/// interleaves cannot change it half-way.
/// </summary>
internal sealed class SqliteGrainStorage(IGrainStorage rows, SqliteWriter writer) : IGrainStorage
{
    private readonly RecordSerializer _serializer = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<BinaryData> { State = _serializer.Serialize(grainState.State), ETag = grainState.ETag };
        await writer.Do(() => rows.WriteStateAsync(stateName, grainId, row));
        grainState.ETag = row.ETag;
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.Do(() => rows.ClearStateAsync(stateName, grainId, grainState));

    /// <summary>What the provider below is given: finished rows pass as they are.</summary>
    internal sealed class Serializer : IGrainStorageSerializer
    {
        private readonly RecordSerializer _records = new();

        public BinaryData Serialize<T>(T? input) => input as BinaryData ?? _records.Serialize(input);

        public T Deserialize<T>(BinaryData input) => _records.Deserialize<T>(input)!;
    }
}
