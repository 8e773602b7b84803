using Orleans.Storage;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Orleans' ADO.NET storage with its writes on the <see cref="SqliteWriter"/>. Reads go straight through: with the write-ahead
/// log they wait for nobody.
/// </summary>
internal sealed class SqliteTurns(IGrainStorage rows, SqliteWriter writer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.Do(() => rows.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.Do(() => rows.ClearStateAsync(stateName, grainId, grainState));
}
