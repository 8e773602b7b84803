using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The game port: what Kestrel calls for each TCP connection, with TLS below it when the listener has it.</summary>
internal sealed class GameConnectionHandler(ConnectionAcceptor acceptor) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return acceptor.Serve(new TcpTransport(connection.Transport, address, connection.Abort));
    }
}
