using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Tests.Transports;

/// <summary>The real transport against a WebSocket on a real socket.</summary>
public class OverWebSocket
{
    [Fact]
    public async Task A_message_is_a_binary_frame_also_when_it_comes_in_pieces()
    {
        var (transport, server) = await Connect();
        await transport.SendAsync(new byte[] { 1, 2, 3 }, default);
        var bytes = new byte[100];
        var got = await server.ReceiveAsync(bytes, default).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((3, true, WebSocketMessageType.Binary), (got.Count, got.EndOfMessage, got.MessageType));

        var big = Enumerable.Range(0, 10_000).Select(value => (byte)value).ToArray();
        await server.SendAsync(big.AsMemory(0, 6000), WebSocketMessageType.Binary, false, default);
        await server.SendAsync(big.AsMemory(6000), WebSocketMessageType.Binary, true, default);
        Assert.Equal(big, (await Receive(transport)).Bytes.ToArray());
    }

    [Fact]
    public async Task Text_is_malformed_and_a_close_is_the_end()
    {
        var (transport, server) = await Connect();
        await server.SendAsync(Encoding.UTF8.GetBytes("hello").AsMemory(), WebSocketMessageType.Text, true, default);
        Assert.Equal(ReceivedKind.Malformed, (await Receive(transport)).Kind);
        await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", default);
        Assert.Equal(ReceivedKind.Closed, (await Receive(transport)).Kind);
    }

    private static Task<ReceivedFrame> Receive(WebSocketTransport transport) => transport.ReceiveAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    private static async Task<(WebSocketTransport Transport, WebSocket Server)> Connect()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var transport = new WebSocketTransport();
        var accepting = Accept(listener);
        await transport.ConnectAsync(new ServerEndpoint(Endpoint.Types.Transport.Websocket, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), default);
        return (transport, await accepting);
    }

    // The handshake of RFC 6455, section 4.2.2.
    private static async Task<WebSocket> Accept(TcpListener listener)
    {
        var stream = new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true);
        var request = "";
        var bytes = new byte[4096];
        while (!request.EndsWith("\r\n\r\n")) request += Encoding.ASCII.GetString(bytes, 0, await stream.ReadAsync(bytes));
        var key = Regex.Match(request, "Sec-WebSocket-Key: (.*)\r\n").Groups[1].Value;
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
    }
}
