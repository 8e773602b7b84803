using MmoOrleans.Gateway.Central;

namespace MmoOrleans.Gateway.Connections;

/// <summary>What every connection of a gateway shares.</summary>
internal sealed record ConnectionSurroundings(
    GatewayOptions Options, GatewayMetrics Metrics, OtherGateways Others, TimeProvider Time, ILogger<ClientConnection> Log);
