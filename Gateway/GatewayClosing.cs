using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway;

/// <summary>
/// Tells every client SERVER_CLOSE when the host begins to stop, while grains still answer, and waits until they are gone.
/// Kestrel would wait for them in vain.
/// </summary>
internal sealed class GatewayClosing(ClientConnections connections, GatewayOptions options, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        connections.CloseAll(Refusal.For(RefusalCode.ServerClose, options.BusyRetry), Patience, time);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
