using System.Text.Json;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>Packs what the systems of a map keep, by their names: JSON with base64, because names come and go with the game.</summary>
internal static class SystemStates
{
    public static ReadOnlyMemory<byte> Pack(Dictionary<string, ReadOnlyMemory<byte>> states) =>
        states.Count == 0 ? default : JsonSerializer.SerializeToUtf8Bytes(states.ToDictionary(state => state.Key, state => state.Value.ToArray()));

    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Unpack(ReadOnlyMemory<byte> packed)
    {
        if (packed.IsEmpty)
            return new Dictionary<string, ReadOnlyMemory<byte>>();
        var states = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(packed.Span)!;
        return states.ToDictionary(state => state.Key, state => (ReadOnlyMemory<byte>)state.Value);
    }
}
