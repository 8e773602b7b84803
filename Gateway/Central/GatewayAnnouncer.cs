using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Central;

/// <summary>
/// Reports this gateway to Central once a second from when its ports are bound, so that maps can tell clients where to go, and learns
/// of the others. A report that fails is made up for by the next. The last one, before the first client is told to go, says that nobody
/// is to be sent here any more.
/// </summary>
internal sealed class GatewayAnnouncer(
    IGrainFactory grains,
    GatewayListeners listeners,
    ClientConnections connections,
    OtherGateways others,
    GatewayOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<GatewayAnnouncer> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>A stop does not wait longer for a Central that may be on its way to another silo: it forgets a silent gateway.</summary>
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(1);

    private bool? _isReached;
    private volatile bool _isLeaving;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isLeaving = true;
        await Report(LeaveWithin, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WhenStarted(stoppingToken);
            GatewayLog.Listening(log, connections.Gateway, string.Join(' ', listeners.PublicEndpoints));
            using var timer = new PeriodicTimer(Period, time);
            do
                await Report(options.GrainCallTimeout, stoppingToken);
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

    private async Task Report(TimeSpan within, CancellationToken stoppingToken)
    {
        try
        {
            var report = new GatewayReport(
                connections.Gateway, options.SiloName, [.. listeners.PublicEndpoints], connections.Count, options.MaxConnections, _isLeaving);
            others.Heard(await grains.GetGrain<ICentralGrain>(GrainKeys.Central).ReportGateway(report).WaitAsync(within, time, stoppingToken));
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
