using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>
/// Mutes that flood control has given and that the characters' grains do not keep yet: leaving the map must not end one. At most
/// one per character; beyond the bound a mute holds on this map only.
/// </summary>
internal sealed class MuteBook
{
    private const int Most = 4096;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<CharacterId, DateTimeOffset> _mutes = [];
    private DateTimeOffset _nextTry;

    public int Count => _mutes.Count;

    public void Add(CharacterId character, DateTimeOffset until)
    {
        if (_mutes.Count < Most)
            _mutes[character] = until;
        _nextTry = default;
    }

    /// <summary>What is to be told now; all of it, each again after a pause until it is kept.</summary>
    public List<KeyValuePair<CharacterId, DateTimeOffset>> Due(DateTimeOffset now)
    {
        if (_mutes.Count == 0 || now < _nextTry)
            return [];
        _nextTry = now + RetryPause;
        return [.. _mutes];
    }

    public void Kept(CharacterId character, DateTimeOffset until)
    {
        if (_mutes.TryGetValue(character, out var pending) && pending == until)
            _mutes.Remove(character);
    }
}
