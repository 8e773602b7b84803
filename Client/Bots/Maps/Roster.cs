using System.Collections.Concurrent;

namespace MmoOrleans.Bots.Maps;

/// <summary>Which bot is which entity. Ids are unique on a map of a channel only.</summary>
internal sealed class Roster
{
    private readonly ConcurrentDictionary<(string Map, string Channel, uint Id), Bot> _bots = new();

    public Bot? Find(string map, string channel, uint id) => _bots.GetValueOrDefault((map, channel, id));

    public void Add(string map, string channel, uint id, Bot bot) => _bots[(map, channel, id)] = bot;

    public void Remove(string map, string channel, uint id, Bot bot) => _bots.TryRemove(new((map, channel, id), bot));
}
