using System.Net;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The WebSocket path: the same connection over another transport.</summary>
internal sealed class WebSocketEndpoint(ConnectionAcceptor acceptor)
{
    public async Task Serve(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            await context.Response.WriteAsync("This is a WebSocket: connect with one.\n");
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await acceptor.Serve(new WebSocketTransport(socket, context.Connection.RemoteIpAddress ?? IPAddress.None, context.Abort));
    }
}
