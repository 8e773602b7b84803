using System.Globalization;
using MmoOrleans.Grains.Storage;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>
/// Rows of a cluster that outlive its silos, in the form of the real ones and with the same guard by version. Orleans' own
/// memory storage keeps rows in grains, which die with their silo.
/// </summary>
internal sealed class RowsInMemory : IGrainStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string State, IdSpan Key), (BinaryData? Row, int Version)> _rows = [];
    private readonly RecordSerializer _serializer = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (row, version) = Find(stateName, grainId);
        var state = row is null ? default : _serializer.Deserialize<T>(row);
        grainState.State = state ?? Activator.CreateInstance<T>();
        grainState.ETag = ETag(version);
        grainState.RecordExists = row is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, _serializer.Serialize(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null) grainState.ETag = Replace(stateName, grainId, grainState.ETag, null);
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private (BinaryData? Row, int Version) Find(string state, GrainId grain)
    {
        lock (_lock) return _rows.GetValueOrDefault((state, grain.Key));
    }

    private string? Replace(string state, GrainId grain, string? etag, BinaryData? row)
    {
        lock (_lock)
        {
            var version = _rows.GetValueOrDefault((state, grain.Key)).Version;
            if (ETag(version) != etag) throw new InconsistentStateException($"{state} of {grain} has moved on.", ETag(version), etag);
            _rows[(state, grain.Key)] = (row, version + 1);
            return ETag(version + 1);
        }
    }

    private static string? ETag(int version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
