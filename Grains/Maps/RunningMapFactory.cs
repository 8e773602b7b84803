using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Maps.Calls;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Grains.Secrets;
using Orleans.Streams;

namespace MmoOrleans.Grains.Maps;

/// <summary>Puts a running map together from what its silo offers. One per map, because so are the systems.</summary>
internal sealed class RunningMapFactory(IMapSource source, ILocalDirectory directory, IGrainFactory grains, IEnumerable<IMapSystem> systems,
    IChatStreamFilter filter, IOptions<MapOptions> options, MapMetrics metrics, TimeProvider time, ILogger<Map> log)
{
    /// <summary>The map of a grain key, from the source's memory or its file.</summary>
    public MapLoad Load(string key, out MapId id) =>
        MapId.TryParse(key, out id) ? source.Load(id.Map) : new MapLoad.Missing($"'{key}' names no map");

    /// <param name="wake">Called when there is something to do for a map that rests.</param>
    public RunningMap Create(MapId id, MapLoad.Loaded loaded, IAsyncStream<ChatPublished> stream, Action wake)
    {
        var map = new Map(id, loaded.Map, options.Value, systems, new OtherMaps(source, directory), log, metrics);
        void Post(Action result)
        {
            map.Post(result);
            wake();
        }
        var outbox = new Outbox(time, options.Value.CallTimeout, Post, metrics.CallsUnderWay);
        var calls = new MapCalls(map, options.Value, outbox, grains, directory, log, metrics);
        return Connect(calls, loaded, stream, Post);
    }

    private RunningMap Connect(MapCalls calls, MapLoad.Loaded loaded, IAsyncStream<ChatPublished> stream, Action<Action> post)
    {
        var listing = new MapListing(ConnectionOf(calls.Map.Id));
        var central = new CentralCalls(calls, listing, time.GetUtcNow());
        ChatCalls chat = null!;
        var subscription = new ChatSubscription(stream, published =>
        {
            if (filter.LetsThrough(calls.Map.Id, published))
                post(() => chat.Published(published));
        });
        chat = new ChatCalls(calls, central, subscription, listing.Connection.ConnectionKey);
        directory.Attach(listing);
        MapLog.Started(log, calls.Map.Id, loaded.Map.Width, loaded.Map.Height, loaded.Map.Warps.Length);
        return new RunningMap(calls, loaded.Map, loaded.Warnings, listing, subscription, central, chat, time);
    }

    /// <summary>
    /// The epoch orders the activations of one map at Central. It is the time of the start: an incarnation costs a write, and is only
    /// claimed when somebody comes.
    /// </summary>
    private MapServerConnection ConnectionOf(MapId id) =>
        new(id, directory.BestAddress, Secret.New(), options.Value.Capacity, new Fence(0, time.GetUtcNow().ToUnixTimeMilliseconds()), directory.Silo);
}
