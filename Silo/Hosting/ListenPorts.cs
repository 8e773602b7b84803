using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// The ports of this process, checked and with every 0 replaced by a free one, before anything starts: so that a port in use is
/// named together with its key, and the cluster can be told real numbers. Ports that were free are held until <see cref="Dispose"/>, so that no
/// outgoing connection gets them meanwhile. One that was named can still be taken by another process; the listener then fails by itself.
/// </summary>
/// <param name="Game">0: players come in elsewhere.</param>
public sealed record ListenPorts(int Game, int Http, int Dashboard, int Silo, int OrleansGateway) : IDisposable
{
    private readonly List<Socket> _held = [];

    /// <exception cref="StartFailure">A port is in use; names key and port.</exception>
    public static ListenPorts Reserve(ServerSettings settings)
    {
        var (listen, cluster, held) = (settings.Listen, settings.Cluster, new List<Socket>());
        int Take(string key, IPAddress address, int port) => port == 0 ? Hold(held, address) : Check(key, address, port);
        var ports = new ListenPorts(
            listen.HostsGateway ? Take(listen.GamePortKey, listen.Address, listen.GamePort) : 0,
            Take("httpPort", listen.Address, listen.HttpPort),
            Take("dashboardPort", settings.Dashboard.Address, settings.Dashboard.Port),
            Take("siloPort", cluster.SiloAddress, cluster.SiloPort),
            Take("orleansGatewayPort", cluster.SiloAddress, cluster.OrleansGatewayPort));
        ports._held.AddRange(held);
        return ports;
    }

    /// <summary>The listeners have them, or nobody will.</summary>
    public void Dispose()
    {
        _held.ForEach(socket => socket.Dispose());
        _held.Clear();
    }

    private static int Check(string key, IPAddress address, int port)
    {
        try
        {
            using var socket = Bind(address, port);
            socket.Listen(1);
            return port;
        }
        catch (SocketException exception)
        {
            throw new StartFailure(ExitCode.PortInUse, $"{key} {port}: cannot listen on {address}:{port}: {exception.Message}.");
        }
    }

    /// <summary>Linux lets a listener bind to a port that another socket is bound to if both reuse addresses and that one does not listen. Others do not.</summary>
    private static int Hold(List<Socket> held, IPAddress address)
    {
        var socket = Bind(address, 0);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (OperatingSystem.IsLinux())
            held.Add(socket);
        else
            socket.Dispose();
        return port;
    }

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As Kestrel and Orleans do: a port whose old connections are still closing is free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
