using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Tells every session twice a minute that its connection is still there: a session that lost its memory with its silo learns
/// it anew, and a connection that has lost the session meanwhile is closed. A thirtieth of the connections each second, so that
/// ten thousand cost a few hundred small calls a second.
/// </summary>
internal sealed class SessionRenewals(ClientConnections connections, Sessions sessions, GatewayOptions options, TimeProvider time, ILogger<SessionRenewals> log) : BackgroundService
{
    /// <summary>Rounds until every connection had its turn.</summary>
    public const int Rounds = 30;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Renews the connections whose turn it is.</summary>
    public Task Renew(long round) =>
        Task.WhenAll(connections.All.Where(connection => connection.Id.Number % Rounds == round % Rounds).Select(Renew));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            for (var round = 0L; await timer.WaitForNextTickAsync(stoppingToken); round++)
                await Renew(round);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Renew(ClientConnection connection)
    {
        if (connection.State < ConnectionState.Authenticated || connection.Account is not { } account)
            return;
        try
        {
            var visit = connection.Visit;
            var renewing = sessions.Of(account).Renew(account.Holder, visit?.Character, visit?.Visitor.Map);
            var renewed = await renewing.WaitAsync(options.GrainCallTimeout, time, connection.Gone);
            if (!renewed.TryGet(out _, out var why))
                Close(connection, account, why);
        }
        catch (Exception exception)
        {
            // Whatever it is, the next turn is half a minute away; one session must not end the rounds of all.
            GatewayLog.NotRenewed(log, connection.Id.Number, exception.Message);
        }
    }

    /// <summary>Unless it has logged out or in anew since it asked: then the answer is not about what it is now.</summary>
    private static void Close(ClientConnection connection, LoggedInAccount asked, Refusal why)
    {
        if (ReferenceEquals(connection.Account, asked) && connection.State >= ConnectionState.Authenticated)
            connection.Close(why);
    }
}
