using System.Net;
using MmoOrleans.Gateway.Accounts;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Takes in every client, whatever transport it came over, and sees it out again.</summary>
internal sealed class ConnectionAcceptor(
    ClientConnections connections,
    MessageRouter router,
    Departures departures,
    TurningAway turningAway,
    ConnectionSurroundings surroundings)
{
    /// <summary>Serves one client until it is gone and everybody who needs to know it has been told.</summary>
    public async Task Serve(IFrameTransport transport)
    {
        await using (transport)
            await Serve(transport.RemoteAddress, () => new ValueTask<IFrameTransport?>(transport));
    }

    /// <summary>
    /// The same for one whose transport has first to be opened, by a TLS handshake for example. That costs, so the seat comes before it:
    /// what bounds those who are in bounds those who only knock.
    /// </summary>
    /// <param name="open">Answers null for a peer that does not get through; it has cleaned up behind itself then.</param>
    public async Task Serve(IPAddress address, Func<ValueTask<IFrameTransport?>> open)
    {
        if (connections.TakeSeat(address) is { } why)
        {
            await turningAway.TurnAway(address, open, why);
            return;
        }
        try
        {
            if (await open() is { } transport)
                await ServeSeated(transport);
        }
        finally
        {
            connections.ReturnSeat(address);
        }
    }

    private async Task ServeSeated(IFrameTransport transport)
    {
        using var connection = new ClientConnection(connections.NextId(), transport, router, surroundings);
        GatewayLog.Connected(surroundings.Log, connection.Id.Number, transport.RemoteAddress, transport.Kind);
        connections.Add(connection);
        try
        {
            await connection.Run();
        }
        catch (Exception exception)
        {
            GatewayLog.ConnectionFailed(surroundings.Log, exception, connection.Id.Number);
        }
        await departures.Depart(connection);
        connections.Remove(connection);
        GatewayLog.Disconnected(surroundings.Log, connection.Id.Number);
    }
}
