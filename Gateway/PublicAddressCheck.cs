using System.Net.Sockets;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway;

/// <summary>
/// Tries the address that clients are told. "Clients told an address they cannot reach" is what operators stumble over first. Behind
/// an address translation the own public address may be out of reach from inside though all is well: hence a warning, no more.
/// </summary>
public static class PublicAddressCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A warning, or null when the address answers or nobody is told it.</summary>
    public static async Task<string?> Warning(ListenSettings listen, int gamePort, CancellationToken cancellation)
    {
        if (!listen.HostsGateway)
            return null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(listen.PublicAddress, gamePort, deadline.Token);
            return null;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            var reason = exception is SocketException socket ? socket.Message : $"no answer in {Patience.TotalSeconds:0} s";
            return $"publicAddress {listen.PublicAddress}:{gamePort}, which clients are told, cannot be reached from here: {reason}";
        }
    }
}
