using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>WebSocket frames that never become messages of ours: .NET swallows them, the meter below it does not.</summary>
public class WebSocketFrames
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly byte[] Ping = Frame(0x89, 0);
    private static readonly byte[] EmptyFirstPart = Frame(0x02, 0);
    private static readonly byte[] EmptyNextPart = Frame(0x00, 0);

    [Fact]
    public async Task A_flood_of_pings_ends_the_connection()
    {
        await using var gateway = await ListeningGateway.Start();
        using var client = await Connect(gateway);

        await SendUntilCut(client.GetStream(), Ping);
    }

    [Fact]
    public async Task A_message_of_empty_parts_ends_the_connection()
    {
        await using var gateway = await ListeningGateway.Start();
        using var client = await Connect(gateway);

        await client.GetStream().WriteAsync(EmptyFirstPart);
        await SendUntilCut(client.GetStream(), EmptyNextPart);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_not_connect_when_origins_are_named()
    {
        await using var gateway = await ListeningGateway.Start(options => options.WebSocketOrigins = ["https://play.example.org"]);

        using var good = await Open(gateway, "https://play.example.org");
        using var plain = await Open(gateway, null);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => Open(gateway, "https://evil.example.org"));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0x81, 0x80)]
    [InlineData(125, 0x82, 0xFD)]
    [InlineData(126, 0x82, 0xFE)]
    [InlineData(70_000, 0x82, 0xFF)]
    public void Frames_of_every_length_count_once_however_they_are_cut(int length, byte first, byte second)
    {
        var frame = Frame(first, length);
        Assert.Equal(second, frame[1]);
        foreach (var piece in new[] { 1, 2, 3, 7, frame.Length })
        {
            var meter = new WebSocketMeter(new ConnectionLimits { MessageBurst = 3, MessagesPerSecond = 1 }, new FakeTimeProvider());
            Assert.True(Enumerable.Repeat(frame, 6).SelectMany(bytes => bytes).Chunk(piece).All(part => meter.TakeIn(part)));
            Assert.False(meter.TakeIn(frame));
        }
    }

    private static byte[] Frame(byte first, int length)
    {
        byte[] extended = length switch
        {
            < 126 => [],
            <= ushort.MaxValue => new byte[2],
            _ => new byte[8],
        };
        if (extended.Length == 2)
            BinaryPrimitives.WriteUInt16BigEndian(extended, (ushort)length);
        else if (extended.Length == 8)
            BinaryPrimitives.WriteUInt64BigEndian(extended, (ulong)length);
        var shortLength = extended.Length switch { 0 => length, 2 => 126, _ => 127 };
        return [first, (byte)(0x80 | shortLength), .. extended, 0, 0, 0, 0, .. new byte[length]];
    }

    private static async Task<TcpClient> Connect(ListeningGateway gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Listeners.HttpPort);
        var request = $"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {Convert.ToBase64String(new byte[16])}\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = new byte[1024];
        var count = await client.GetStream().ReadAsync(answer);
        Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
        return client;
    }

    /// <summary>Ten times what the limit allows at once; a connection that is alive after that is not limited.</summary>
    private static async Task SendUntilCut(NetworkStream stream, byte[] frame)
    {
        using var patience = new CancellationTokenSource(Patience);
        var closed = ReadToEnd(stream, patience.Token);
        var flood = Enumerable.Repeat(frame, 20_000).SelectMany(bytes => bytes).ToArray();
        try
        {
            await stream.WriteAsync(flood, patience.Token);
        }
        catch (IOException)
        {
            return; // Cut while it was still sending.
        }
        await closed;
    }

    private static async Task ReadToEnd(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) > 0) { }
        }
        catch (IOException)
        {
            // Reset: as good an end as any.
        }
    }

    private static async Task<ClientWebSocket> Open(ListeningGateway gateway, string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Listeners.HttpPort}/ws"), CancellationToken.None);
        return socket;
    }
}
