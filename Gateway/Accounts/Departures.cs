using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Sees a connection out: its character stays on the map for the grace time, its session learns that nobody is there. Both are
/// tried once; what is lost heals by itself (the map's lease on this gateway, the session's next login).
/// </summary>
internal sealed class Departures(Sessions sessions, GatewayOptions options, TimeProvider time, ILogger<Departures> log)
{
    public async Task Depart(ClientConnection connection)
    {
        if (connection.EndVisit(connection.Visit) is { } visit)
            await Tell(connection, () => Lose(visit));
        if (connection.Account is { } account)
            await Tell(connection, () => sessions.Of(account).Close(connection.Id));
    }

    private async Task Tell(ClientConnection connection, Func<Task> call)
    {
        try
        {
            await call().WaitAsync(options.GrainCallTimeout, time);
        }
        catch (Exception exception)
        {
            GatewayLog.DepartureUntold(log, connection.Id.Number, exception.Message);
        }
    }

    private static async Task Lose(Visit visit)
    {
        await visit.Feed.Remove(visit);
        await visit.Map.Leave(visit.Character, visit.Owner, LeaveKind.Lost);
    }
}
