using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// What sessions ask of this gateway: closes a connection that a newer login or a kick ends, and says which are still there. One
/// per gateway; this object is what keeps the reference alive that sessions hold.
/// </summary>
internal sealed class GatewayObserver(IGrainFactory grains, ClientConnections connections) : IGatewayObserver
{
    private readonly Lock _gate = new();
    private IGatewayObserver? _reference;

    /// <summary>What sessions are given. Made when first needed: only then the cluster client is sure to run.</summary>
    public IGatewayObserver Reference
    {
        get
        {
            lock (_gate)
                return _reference ??= grains.CreateObjectReference<IGatewayObserver>(this);
        }
    }

    public Task Close(ConnectionId connection, Refusal why)
    {
        connections.Find(connection)?.Close(why);
        return Task.CompletedTask;
    }

    public Task<Answer<Done>> Confirm(ConnectionId connection) =>
        Task.FromResult(connections.Find(connection) is { IsClosing: false } ? Answer.Done : Answer.Refuse<Done>(RefusalCode.AccountLoggedInByOther));
}
