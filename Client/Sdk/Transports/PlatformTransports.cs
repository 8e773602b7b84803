using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Transports;

/// <summary>The transports of the .NET platform.</summary>
public static class PlatformTransports
{
    /// <summary>The one for this endpoint.</summary>
    public static ITransport Create(ServerEndpoint endpoint) =>
        endpoint.Transport == Endpoint.Types.Transport.Websocket ? new WebSocketTransport() : new TcpTransport();
}
