using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway;

/// <summary>The two ports of a gateway, the game's own and the one on the host's Kestrel, and what clients are told of them once they are bound.</summary>
public sealed class GatewayListeners(GatewayOptions options) : IConfigureOptions<KestrelServerOptions>
{
    /// <summary>
    /// What the operating system holds for a client that does not read, in bytes (Linux takes twice as much). Left alone it grows to
    /// megabytes, and such a client would get frames from half a minute ago.
    /// </summary>
    private const int SocketSendBytes = 64 * 1024;

    private ListenOptions? _http;

    /// <summary>The game port that was got; the wanted one before the start.</summary>
    public int GamePort { get; private set; } = options.GamePort;

    /// <summary>The HTTP port that was got.</summary>
    public int HttpPort => _http?.IPEndPoint?.Port ?? options.HttpPort;

    private bool IsHttpSecure => options.Certificate is not null;

    /// <summary>What clients are told: one endpoint per transport, under the public address.</summary>
    public IEnumerable<ClientEndpoint> PublicEndpoints => Endpoints(options.PublicAddress);

    /// <summary>The lines that a host prints when it listens.</summary>
    public IEnumerable<string> ListenLines
    {
        get
        {
            foreach (var endpoint in Endpoints(options.ListenAddress.ToString()))
                yield return $"listen {(endpoint.Transport == EndpointTransport.Tcp ? "game" : "websocket")} {endpoint}";
            yield return Gateway.HttpPort.HealthLine(options.ListenAddress, HttpPort, options.Certificate);
        }
    }

    public void Configure(KestrelServerOptions kestrel)
    {
        Gateway.HttpPort.Bound(kestrel.Limits, options.MaxConnections);
        kestrel.Listen(new IPEndPoint(options.ListenAddress, options.HttpPort), ListenForHttp);
    }

    /// <summary>The game port's socket, bound and not listening yet.</summary>
    /// <exception cref="IOException">The port is in use; <see cref="ExplainPortInUse"/> has the sentence.</exception>
    public Socket BindGame()
    {
        var endpoint = new IPEndPoint(options.ListenAddress, options.GamePort);
        try
        {
            var socket = Bind(endpoint);
            GamePort = ((IPEndPoint)socket.LocalEndPoint!).Port;
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // As Kestrel says it of the other port.
            throw new IOException($"Failed to bind to {endpoint}: address already in use.", new AddressInUseException(taken.Message, taken));
        }
    }

    /// <summary>
    /// What comes from a WebSocket is handled, and what goes to it is written, on the thread that has it in hand: both take a few
    /// microseconds, less than handing them to another thread does (docs/decisions/0007). Whatever may wait leaves that
    /// thread by itself.
    /// </summary>
    public static void Configure(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        sockets.CreateBoundListenSocket = Bind;
    }

    /// <summary>A sentence that names the key to change, when the exception says that one of these ports is in use; else null.</summary>
    public string? ExplainPortInUse(Exception exception)
    {
        if (exception is not IOException { InnerException: AddressInUseException })
            return null;
        if (exception.Message.Contains($":{options.GamePort}:", StringComparison.Ordinal))
            return $"{options.GamePortKey} = {options.GamePort}: the port is in use";
        return exception.Message.Contains($":{options.HttpPort}:", StringComparison.Ordinal)
            ? $"httpPort = {options.HttpPort}: the port is in use"
            : null;
    }

    /// <summary>Sockets that are accepted have their listener's buffer.</summary>
    private static Socket Bind(EndPoint endpoint)
    {
        var listener = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        listener.SendBufferSize = SocketSendBytes;
        return listener;
    }

    private IEnumerable<ClientEndpoint> Endpoints(string host)
    {
        yield return new ClientEndpoint(EndpointTransport.Tcp, host, GamePort, options.GameCertificate is not null);
        if (options.UseWebSocket)
            yield return new ClientEndpoint(EndpointTransport.WebSocket, host, HttpPort, IsHttpSecure, GatewayHosting.WebSocketPath);
    }

    private void ListenForHttp(ListenOptions listen)
    {
        _http = listen;
        listen.Protocols = HttpProtocols.Http1; // A WebSocket over HTTP/2 would pass by the meter.
        listen.UseCertificate(options.Certificate);
    }
}
