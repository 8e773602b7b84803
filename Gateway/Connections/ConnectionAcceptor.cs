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
        if (connections.TakeSeat(transport.RemoteAddress) is { } why)
        {
            await turningAway.TurnAway(transport, why);
            return;
        }
        try
        {
            await ServeSeated(transport);
        }
        finally
        {
            connections.ReturnSeat(transport.RemoteAddress);
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
