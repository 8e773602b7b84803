namespace MmoOrleans.Gateway.Connections;

/// <summary>Looks after every connection once a second, with one timer for all of them.</summary>
internal sealed class ConnectionCheckUps(ClientConnections connections, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                CheckUpAll();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void CheckUpAll()
    {
        foreach (var connection in connections.All)
            connection.CheckUp();
    }
}
