using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Chat;

/// <summary>
/// The last line seen of each numbered chat channel. It is handed to the next map, which sends what was missed; a line that
/// arrives twice on the way is recognised here. Survives warps and lost connections, ends with the character.
/// </summary>
internal sealed class ChatMemory
{
    /// <summary>A server names a handful of channels; one that names more is not remembered further, so its lines may repeat.</summary>
    private const int MostChannels = 64;

    private readonly Dictionary<string, ChatPosition> _seen = [];

    public IEnumerable<ChatPosition> Positions => _seen.Values;

    /// <summary>False for a line that was seen before. Lines without a position (local, whisper) are always new.</summary>
    public bool IsNew(ChatPosition? position)
    {
        if (position is null) return true;
        if (_seen.TryGetValue(position.Channel, out var last) && !IsAfter(position, last)) return false;
        if (last is not null || _seen.Count < MostChannels) _seen[position.Channel] = position;
        return true;
    }

    /// <summary>Where a channel begins that no line was seen of: what is said there between two maps is missed otherwise.</summary>
    public void BeginAt(ChatPosition position)
    {
        if (!_seen.ContainsKey(position.Channel)) IsNew(position);
    }

    public void Forget() => _seen.Clear();

    private static bool IsAfter(ChatPosition one, ChatPosition other) =>
        one.Incarnation != other.Incarnation ? one.Incarnation > other.Incarnation : one.Number > other.Number;
}
