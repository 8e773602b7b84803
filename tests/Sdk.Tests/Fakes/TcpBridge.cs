using System.Net;
using System.Net.Sockets;
using MmoOrleans.Protocol.Framing;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Tests.Fakes;

/// <summary>Puts the gateway in memory behind a real TCP port.</summary>
public sealed class TcpBridge : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FakeGateway _gateway;
    private readonly List<Socket> _sockets = [];

    public TcpBridge(FakeGateway gateway)
    {
        _gateway = gateway;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts the newest connection as a dead network or a killed process does.</summary>
    public void Reset()
    {
        lock (_sockets) _sockets[^1].Close(0);
    }

    public void Dispose()
    {
        _listener.Stop();
        lock (_sockets) _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task Accept()
    {
        while (true)
        {
            var socket = await _listener.AcceptSocketAsync();
            lock (_sockets) _sockets.Add(socket);
            var inside = _gateway.Create(ServerEndpoint.Tcp("bridge", Port));
            await inside.ConnectAsync(ServerEndpoint.Tcp("bridge", Port), default);
            _ = FromClient(socket, inside);
            _ = ToClient(socket, inside);
        }
    }

    private static async Task FromClient(Socket socket, ITransport inside)
    {
        var buffer = new FrameBuffer(FrameLimits.ClientToServerBytes);
        while (await socket.ReceiveAsync(buffer.Free()) is > 0 and var count)
        {
            buffer.Received(count);
            while (buffer.Take(out var frame) == FrameStatus.Complete) await inside.SendAsync(frame, default);
        }

        inside.Dispose();
    }

    private static async Task ToClient(Socket socket, ITransport inside)
    {
        var prefix = new byte[FrameLimits.PrefixBytes];
        while (await inside.ReceiveAsync(default) is { Kind: ReceivedKind.Message } frame)
        {
            await socket.SendAsync(prefix.AsMemory(0, FrameWriter.WriteLength(prefix, frame.Bytes.Length)));
            await socket.SendAsync(frame.Bytes);
        }

        socket.Close();
    }
}
