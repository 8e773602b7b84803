using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Tests.Wire;

public sealed class LeanSockets : IWireListener, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ReadySockets _sockets = new();
    private readonly List<string> _heard = [];

    public LeanSockets() => _listener.Start();

    public void Dispose()
    {
        _sockets.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Frames_are_heard_and_the_rest_reaches_the_client_after_the_last_lines()
    {
        using var wire = new LeanWire(_sockets, this);
        using var server = await Connect(wire);
        Send(server, new ServerMessage { Frame = new MapFrame { Tick = 300 } });
        Send(server, Lines("one"));
        Send(server, Lines("two"));
        Send(server, new ServerMessage { RequestId = 3, SayAccepted = new SayAccepted() });

        Assert.Equal("two", (await Received(wire)).Events.Events[0].Said.Text);
        Assert.Equal(3u, (await Received(wire)).RequestId);
        Assert.Equal(["frame 300", "said one", "said two"], _heard);
    }

    [Fact]
    public async Task A_message_in_two_parts_is_one_message()
    {
        using var wire = new LeanWire(_sockets, this);
        using var server = await Connect(wire);
        var bytes = new ServerMessage { RequestId = 8, SayAccepted = new SayAccepted() }.ToByteArray();
        await server.SendAsync(new byte[] { (byte)bytes.Length, bytes[0] });
        // Two connections are read in one round: when the second was heard, the half of the first was read.
        using var other = new LeanWire(_sockets, this);
        using (var second = await Connect(other)) Send(second, new ServerMessage { RequestId = 1, SayAccepted = new SayAccepted() });
        Assert.Equal(1u, (await Received(other)).RequestId);
        await server.SendAsync(bytes.AsMemory(1));

        Assert.Equal(8u, (await Received(wire)).RequestId);
    }

    [Fact]
    public async Task What_is_sent_arrives_behind_its_length()
    {
        using var wire = new LeanWire(_sockets, this);
        using var server = await Connect(wire);
        Assert.True(wire.TrySend(new byte[] { 7, 8 }));
        await wire.SendAsync(new byte[] { 9 }, default);

        var received = new byte[5];
        for (var count = 0; count < received.Length;) count += await server.ReceiveAsync(received.AsMemory(count)).AsTask().WaitAsync(Patience);
        Assert.Equal([2, 7, 8, 1, 9], received);
    }

    [Fact]
    public async Task What_is_sent_after_the_end_goes_nowhere()
    {
        using var wire = new LeanWire(_sockets, this);
        using (await Connect(wire))
        {
        }

        Assert.Equal(ReceivedKind.Closed, (await Serve(wire.ReceiveAsync(default).AsTask())).Kind);
        Assert.True(wire.TrySend(new byte[] { 7, 8 }));
        wire.Dispose();
        await wire.SendAsync(new byte[] { 9 }, default);
    }

    [Theory]
    [InlineData(new byte[0], ReceivedKind.Closed)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, ReceivedKind.Malformed)]
    [InlineData(new byte[] { 3, 0x72, 0x7F, 0 }, ReceivedKind.Malformed)]
    public async Task An_end_and_broken_bytes_are_told_to_the_client(byte[] last, ReceivedKind expected)
    {
        using var wire = new LeanWire(_sockets, this);
        using (var server = await Connect(wire)) await server.SendAsync(last);

        Assert.Equal(expected, (await Serve(wire.ReceiveAsync(default).AsTask())).Kind);
    }

    void IWireListener.OnReceived(int bytes)
    {
    }

    void IWireListener.OnFrame(ReadOnlySpan<byte> frame) => _heard.Add($"frame {MapFrame.Parser.ParseFrom(frame).Tick}");

    void IWireListener.OnSaid(ReadOnlySpan<byte> text) => _heard.Add($"said {System.Text.Encoding.UTF8.GetString(text)}");

    private static ServerMessage Lines(string text) => new() { Events = new MapEvents { Events = { new MapEvent { Number = 1, Said = new Said { Text = text } } } } };

    private static void Send(Socket server, ServerMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteDelimitedTo(bytes);
        server.Send(bytes.ToArray());
    }

    private async Task<Socket> Connect(LeanWire wire)
    {
        var accepting = _listener.AcceptSocketAsync();
        await wire.ConnectAsync(ServerEndpoint.Tcp("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port), default);
        return await accepting;
    }

    private async Task<ServerMessage> Received(LeanWire wire) =>
        ServerMessage.Parser.ParseFrom((await Serve(wire.ReceiveAsync(default).AsTask())).Bytes.Span);

    /// <summary>Reads what arrives until the client has what it waits for.</summary>
    private async Task<ReceivedFrame> Serve(Task<ReceivedFrame> waiting)
    {
        using var thread = new TurnThread(static () => { }, _sockets.Serve);
        return await waiting.WaitAsync(Patience);
    }
}
