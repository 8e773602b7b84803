using System.Collections.Concurrent;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Spawning;
using MmoOrleans.Grains.Tests.Central;

namespace MmoOrleans.Grains.Tests.Spawning;

/// <summary>Starts maps that are an entry in the directory and nothing else, unless the test has said how the start ends.</summary>
internal sealed class TestStarter : IMapStarter
{
    private readonly ConcurrentQueue<string> _starts = new();
    private readonly ConcurrentDictionary<string, Func<Task>> _ends = new();

    internal ILocalDirectory? Directory { get; set; }

    internal IEnumerable<string> Starts => _starts;

    /// <summary>Called when a map is started; an exception is why it fails.</summary>
    internal void On(string map, Func<Task> end) => _ends[map] = end;

    internal int StartsOf(string map) => _starts.Count(started => started == map);

    public async Task<Answer<MapReadiness>> Start(MapId map, TimeSpan within)
    {
        _starts.Enqueue(map.Map);
        try
        {
            if (_ends.TryGetValue(map.Map, out var end)) await end();
        }
        catch (IOException failure)
        {
            return Answer.Refuse<MapReadiness>(new Refusal(RefusalCode.MapNotFound, failure.Message));
        }
        Directory?.Attach(new TestMap(map.Map, Directory));
        return Answer.Of(new MapReadiness(true, true, 10, 10, 0, []));
    }

    public Task<bool> Retire(MapId map)
    {
        Directory?.Detach(Directory.LocalMaps.Single(local => local.Connection.Map == map));
        return Task.FromResult(true);
    }

    /// <summary>The map is gone without a word.</summary>
    internal void Kill(string map) => Directory!.Detach(Directory.LocalMaps.Single(local => local.Connection.Map.Map == map));
}
