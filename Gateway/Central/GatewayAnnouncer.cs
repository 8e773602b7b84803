using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Central;

/// <summary>
/// Reports this gateway to Central once a second from when its ports are bound, so that maps can tell clients where to go.
/// A report that fails is made up for by the next.
/// </summary>
internal sealed class GatewayAnnouncer(
    IGrainFactory grains,
    GatewayListeners listeners,
    ClientConnections connections,
    GatewayOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<GatewayAnnouncer> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private bool? _isReached;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WhenStarted(stoppingToken);
            GatewayLog.Listening(log, connections.Gateway, string.Join(' ', listeners.PublicEndpoints));
            using var timer = new PeriodicTimer(Period, time);
            do
                await Report(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; Central forgets a silent gateway.
        }
    }

    private async Task WhenStarted(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task Report(CancellationToken stoppingToken)
    {
        try
        {
            var report = new GatewayReport(
                connections.Gateway, options.SiloName, [.. listeners.PublicEndpoints], connections.Count, options.MaxConnections);
            await grains.GetGrain<ICentralGrain>(GrainKeys.Central).ReportGateway(report).WaitAsync(options.GrainCallTimeout, time, stoppingToken);
            Note(isReached: true, "");
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Note(isReached: false, exception.Message);
        }
    }

    /// <summary>Logs changes only.</summary>
    private void Note(bool isReached, string reason)
    {
        if (_isReached == isReached)
            return;
        if (isReached)
            GatewayLog.CentralReached(log);
        else
            GatewayLog.CentralSilent(log, reason);
        _isReached = isReached;
    }
}
