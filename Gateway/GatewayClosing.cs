using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway;

/// <summary>
/// Tells every client SERVER_CLOSE when the host begins to stop, while grains still answer, and waits until they are gone.
/// Kestrel would wait for them in vain.
/// </summary>
internal sealed class GatewayClosing(ClientConnections connections, OtherGateways others, GatewayOptions options, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who can go to another gateway need not wait until this one is back; clients add to it by chance.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMilliseconds(200);

    /// <summary>Their sessions and characters may be grains of this silo: these answer for as long as it takes to come back by another gateway.</summary>
    private static readonly TimeSpan UntilTheyAreThere = TimeSpan.FromSeconds(1);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!others.Any)
        {
            await connections.CloseAll(Refusal.For(RefusalCode.ServerClose, options.BusyRetry), Patience, time);
            return;
        }
        var goSome = connections.Count > 0;
        await connections.SendElsewhere(Refusal.For(RefusalCode.ServerClose, Elsewhere), Patience, time);
        if (goSome && options.SiloName.Length > 0)
            await Task.Delay(UntilTheyAreThere, time, CancellationToken.None);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
