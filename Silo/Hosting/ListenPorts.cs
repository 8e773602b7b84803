using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// The ports of this process, checked and with every 0 replaced by a free one, before anything starts: so that a port in use is
/// named together with its key, and the cluster can be told real numbers. Between the check and the listening another process can
/// still take a port; the listener then fails by itself.
/// </summary>
public sealed record ListenPorts(int Game, int Http, int Dashboard, int Silo, int OrleansGateway)
{
    /// <exception cref="StartFailure">A port is in use; names key and port.</exception>
    public static ListenPorts Reserve(ServerSettings settings)
    {
        var listen = settings.Listen;
        var cluster = settings.Cluster;
        return new ListenPorts(
            Reserve(listen.GamePortKey, listen.Address, listen.GamePort),
            Reserve("httpPort", listen.Address, listen.HttpPort),
            Reserve("dashboardPort", settings.Dashboard.Address, settings.Dashboard.Port),
            Reserve("siloPort", cluster.SiloAddress, cluster.SiloPort),
            Reserve("orleansGatewayPort", cluster.SiloAddress, cluster.OrleansGatewayPort));
    }

    private static int Reserve(string key, IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // As Kestrel and Orleans do: a port whose old connections are still closing is free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException exception)
        {
            throw new StartFailure(ExitCode.PortInUse, $"{key} {port}: cannot listen on {address}:{port}: {exception.Message}.");
        }
    }
}
