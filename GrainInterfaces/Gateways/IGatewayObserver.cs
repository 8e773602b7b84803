using System.Collections.Immutable;

namespace MmoOrleans.GrainInterfaces.Gateways;

/// <summary>A gateway process, as sessions see it. One object per process, kept alive by it.</summary>
[Alias("mmo.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>
    /// Close this connection and tell its client why; with <see cref="RefusalCode.None"/> there is nothing to tell: the same client
    /// has come by another connection. Unknown connections are ignored.
    /// </summary>
    [OneWay, Alias("Close")]
    Task Close(ConnectionId connection, Refusal why);

    /// <summary>
    /// Whether this connection is still there; refused: it is gone. A request that was held up by the network may arrive when its
    /// client has long come by another way, so who would take the session from a connection of the same login is asked for first.
    /// </summary>
    [Alias("Confirm")]
    Task<Answer<Done>> Confirm(ConnectionId connection);
}

/// <summary>What a gateway tells Central once a second.</summary>
/// <param name="Silo">The silo that the gateway lives in, empty for a process of its own.</param>
/// <param name="Endpoints">What clients are told, one per transport.</param>
/// <param name="IsLeaving">It stops: nobody is sent there any more.</param>
[GenerateSerializer, Immutable, Alias("mmo.GatewayReport")]
public sealed record GatewayReport(
    [property: Id(0)] GatewayId Gateway,
    [property: Id(1)] string Silo,
    [property: Id(2)] ImmutableArray<ClientEndpoint> Endpoints,
    [property: Id(3)] int Connections,
    [property: Id(4)] int MaxConnections,
    [property: Id(5)] bool IsLeaving = false);
