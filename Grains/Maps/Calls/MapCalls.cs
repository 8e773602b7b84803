using Microsoft.Extensions.Logging;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>What everything that calls out for a map needs: the map, its way out, and whom to call.</summary>
internal sealed record MapCalls(Map Map, MapOptions Options, Outbox Outbox, IGrainFactory Grains, ILocalDirectory Directory, ILogger Log, MapMetrics Metrics);
