using MmoOrleans.Gateway.Accounts;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Takes in every client, whatever transport it came over, and sees it out again.</summary>
internal sealed class ConnectionAcceptor(
    ClientConnections connections,
    MessageRouter router,
    Departures departures,
    ConnectionSurroundings surroundings)
{
    /// <summary>Serves one client until it is gone and everybody who needs to know it has been told.</summary>
    public async Task Serve(IFrameTransport transport)
    {
        if (connections.TakeSeat(transport.RemoteAddress) is { } why)
        {
            await TurnAway(transport, why);
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

    private async Task TurnAway(IFrameTransport transport, Refusal why)
    {
        GatewayLog.ConnectionRefused(surroundings.Log, transport.RemoteAddress, why);
        surroundings.Metrics.Disconnected(why.Code);
        using var patience = new CancellationTokenSource(surroundings.Options.Limits.CloseLinger, surroundings.Time);
        var farewell = new PooledBuffer();
        FrameWriter.Write(farewell, new ServerMessage { Disconnecting = why.ToDisconnecting() });
        try
        {
            await transport.Send(farewell.Written, patience.Token);
            await transport.Finish(patience.Token);
            await transport.Drain(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It had its time to read the reason and go.
        }
        await transport.DisposeAsync();
    }
}
