using MmoOrleans.Grains.Storage;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage;

/// <summary>What a provider below <see cref="RowStorage"/> is given: finished rows pass as they are.</summary>
internal sealed class RowSerializer : IGrainStorageSerializer
{
    private readonly RecordSerializer _records = new();

    public BinaryData Serialize<T>(T? input) => input as BinaryData ?? _records.Serialize(input);

    public T Deserialize<T>(BinaryData input) => _records.Deserialize<T>(input)!;
}
