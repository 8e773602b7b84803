namespace MmoOrleans.Gateway.Connections;

/// <summary>What every connection of a gateway shares.</summary>
internal sealed record ConnectionSurroundings(GatewayOptions Options, GatewayMetrics Metrics, TimeProvider Time, ILogger<ClientConnection> Log);
