using System.Text.Json;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>Packs what the systems of a map keep, by their names: JSON with base64, because names come and go with the game.</summary>
internal static class SystemStates
{
    public static ReadOnlyMemory<byte> Pack(Dictionary<string, ReadOnlyMemory<byte>> states) =>
        states.Count == 0 ? default : JsonSerializer.SerializeToUtf8Bytes(states.ToDictionary(state => state.Key, state => state.Value.ToArray()));

    /// <summary>Reads what <see cref="Pack"/> wrote; nothing at all is no states.</summary>
    /// <exception cref="FormatException">Not the states of a map.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Unpack(ReadOnlyMemory<byte> packed)
    {
        if (packed.IsEmpty)
            return new Dictionary<string, ReadOnlyMemory<byte>>();
        try
        {
            var states = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(packed.Span) ?? throw new FormatException("The states are null.");
            return states.ToDictionary(state => state.Key, state => (ReadOnlyMemory<byte>)state.Value);
        }
        catch (JsonException unreadable)
        {
            throw new FormatException("The states are not the JSON that a map stores.", unreadable);
        }
    }
}
