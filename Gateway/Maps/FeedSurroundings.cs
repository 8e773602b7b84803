using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Maps;

/// <summary>What every feed of a gateway shares.</summary>
/// <param name="TryRetire">Takes an unused feed off the list, unless somebody has just come.</param>
internal sealed record FeedSurroundings(GatewayId Gateway, IGrainFactory Grains, GatewayMetrics Metrics, TimeProvider Time, ILogger Log, Func<MapFeed, bool> TryRetire);
