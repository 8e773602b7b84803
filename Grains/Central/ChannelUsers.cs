namespace MmoOrleans.Grains.Central;

/// <summary>
/// Users per channel, kept along while maps are heard of: counting all maps for each one that registers would make a thousand of them
/// a million. Also says which channels have grown by what was heard since <see cref="Begin"/>.
/// </summary>
internal sealed class ChannelUsers
{
    private readonly Dictionary<string, int> _users = [];
    private readonly Dictionary<string, int> _since = [];

    internal int Of(string channel) => _users.GetValueOrDefault(channel);

    internal void Change(string channel, int by)
    {
        if (by == 0) return;
        _since[channel] = _since.GetValueOrDefault(channel) + by;
        var users = Of(channel) + by;
        if (users == 0) _users.Remove(channel);
        else _users[channel] = users;
    }

    internal void Begin() => _since.Clear();

    /// <summary>Channels with more users than at the beginning, and how many more.</summary>
    internal IEnumerable<(string Channel, int Users)> Growth() => _since.Where(entry => entry.Value > 0).Select(entry => (entry.Key, entry.Value));
}
