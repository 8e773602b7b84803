using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Closes a connection when its session says so: a newer login, a kick. One per gateway; this object is what keeps the
/// reference alive that sessions hold.
/// </summary>
internal sealed class SessionCloser(IGrainFactory grains, ClientConnections connections) : IGatewayObserver
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
}
