using System.Net;
using Microsoft.AspNetCore.Http.Features;

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
        var stream = (context.Features.Get<IHttpUpgradeFeature>() as MeteredUpgrade)?.Stream
            ?? throw new InvalidOperationException("The WebSocket is not above the meter: something replaced the connection's upgrade.");
        await acceptor.Serve(new WebSocketTransport(socket, stream, context.Connection.RemoteIpAddress ?? IPAddress.None, context.Abort));
    }
}
