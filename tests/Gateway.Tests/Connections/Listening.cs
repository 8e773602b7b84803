using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>Over real sockets on this machine.</summary>
public class Listening
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_tcp_client_says_hello_registers_logs_in_and_pings()
    {
        await using var gateway = await ListeningGateway.Start();
        var client = await gateway.ConnectTcp();

        Assert.NotNull((await client.Ask(Commands.Hello())).Welcome);
        Assert.NotNull((await client.Ask(Commands.Register("barone", "secret"))).Registered);
        Assert.NotNull((await client.Ask(Commands.Login("barone", "secret"))).LoggedIn);
        client.Send(Commands.Ping(7));
        Assert.Equal(7u, (await client.Receive(ServerMessage.FactOneofCase.Pong)).Pong.Value);
    }

    [Fact]
    public async Task Many_pings_in_one_piece_are_answered_in_one_write()
    {
        const int Pings = 15; // As many as one read takes.
        await using var gateway = await ListeningGateway.Start();
        var client = await gateway.ConnectTcp();
        await client.Ask(Commands.Hello());
        var before = gateway.Counts["mmo.gateway.sent.writes"];
        var pings = new ArrayBufferWriter<byte>();
        for (var i = 1; i <= Pings; i++)
            FrameWriter.Write(pings, Commands.Ping((ulong)i));

        client.SendBytes(pings.WrittenSpan.ToArray());
        for (var i = 1; i <= Pings; i++)
            Assert.Equal((ulong)i, (await client.Receive(ServerMessage.FactOneofCase.Pong)).Pong.Value);
        Assert.InRange(gateway.Counts["mmo.gateway.sent.writes"] - before, 0, 2); // One; it, and that of the welcome, are counted a moment after they left.
    }

    [Fact]
    public async Task A_websocket_client_says_the_same_in_binary_messages()
    {
        await using var gateway = await ListeningGateway.Start();
        using var socket = await gateway.ConnectWebSocket();

        Assert.NotNull((await Ask(socket, Commands.Hello())).Welcome);
        Assert.NotNull((await Ask(socket, Commands.Register("barone", "secret"))).Registered);
        Assert.NotNull((await Ask(socket, Commands.Login("barone", "secret"))).LoggedIn);
    }

    [Fact]
    public async Task Text_on_a_websocket_closes_it_with_a_reason()
    {
        await using var gateway = await ListeningGateway.Start();
        using var socket = await gateway.ConnectWebSocket();
        await Ask(socket, Commands.Hello());

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        Assert.Equal(ErrorCode.InvalidMessage, (await Receive(socket)).Disconnecting.Code);
        var end = await socket.ReceiveAsync(new byte[64].AsMemory(), CancellationToken.None);
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
    }

    [Fact]
    public async Task Who_sends_garbage_can_read_why_it_is_closed()
    {
        await using var gateway = await ListeningGateway.Start();
        var client = await gateway.ConnectTcp();
        await client.Ask(Commands.Hello());

        client.SendBytes(Enumerable.Repeat((byte)0xFF, 200_000).ToArray());

        Assert.Equal(ErrorCode.InvalidMessage, (await client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_closed_reads_the_reason_and_then_the_end(bool isSecure)
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options =>
            options.GameCertificate = isSecure ? new CertificateSettings(certificate.Path, TestCertificate.Password) : null);
        var client = await gateway.ConnectTcp(isSecure);

        client.SendBytes([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal(ErrorCode.InvalidMessage, (await client.ReceiveLast())?.Disconnecting.Code);
    }

    [Fact]
    public async Task Who_speaks_no_tls_is_cut_and_the_next_one_is_let_in()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options =>
            options.GameCertificate = new CertificateSettings(certificate.Path, TestCertificate.Password));
        var plain = await gateway.ConnectTcp();
        plain.SendBytes(new byte[100]);

        Assert.True(await EndOf(plain) is null or IOException);
        var secure = await gateway.ConnectTcp(secure: true);

        Assert.NotNull((await secure.Ask(Commands.Hello())).Welcome);
    }

    [Fact]
    public async Task A_handshake_that_does_not_end_is_on_a_seat_and_who_finds_none_is_told()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options => (options.MaxConnections, options.GameCertificate) =
            (1, new CertificateSettings(certificate.Path, TestCertificate.Password)));
        await gateway.ConnectTcp(); // And says nothing.

        var next = await gateway.ConnectTcp(secure: true);

        Assert.Equal(ErrorCode.ServerBusy, (await next.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
    }

    [Fact]
    public async Task Who_says_nothing_where_tls_is_spoken_is_cut_in_its_time()
    {
        using var certificate = new TestCertificate();
        var time = new FakeTimeProvider();
        await using var gateway = await ListeningGateway.Start(options =>
            options.GameCertificate = new CertificateSettings(certificate.Path, TestCertificate.Password), time);

        var end = EndOf(await gateway.ConnectTcp());
        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        Assert.True(await end is null or IOException);
    }

    [Fact]
    public async Task Who_resets_the_connection_is_forgotten()
    {
        await using var gateway = await ListeningGateway.Start();
        using (var first = new TcpClient())
        {
            await first.ConnectAsync(IPAddress.Loopback, gateway.Listeners.GamePort);
            await gateway.Connected(1).WaitAsync(Patience);
            first.LingerState = new LingerOption(true, 0);
        }

        await gateway.Connected(0).WaitAsync(Patience);
    }

    [Fact]
    public async Task With_a_certificate_the_same_ports_speak_tls()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options =>
            options.Certificate = options.GameCertificate = new CertificateSettings(certificate.Path, TestCertificate.Password));

        var tcp = await gateway.ConnectTcp(secure: true);
        using var socket = await gateway.ConnectWebSocket(secure: true);

        Assert.NotNull((await tcp.Ask(Commands.Hello())).Welcome);
        Assert.NotNull((await Ask(socket, Commands.Hello())).Welcome);
        Assert.StartsWith($"wss://127.0.0.1:{gateway.Listeners.HttpPort}/ws", gateway.Listeners.PublicEndpoints.Last().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_ports_speak_tls_with_a_pem_certificate()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options =>
            options.Certificate = options.GameCertificate = new CertificateSettings(certificate.InPem(withKey: false), null, certificate.KeyInPem()));

        var tcp = await gateway.ConnectTcp(secure: true);
        using var socket = await gateway.ConnectWebSocket(secure: true);

        Assert.NotNull((await tcp.Ask(Commands.Hello())).Welcome);
        Assert.NotNull((await Ask(socket, Commands.Hello())).Welcome);
    }

    [Fact]
    public async Task The_game_port_may_speak_tls_alone()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await ListeningGateway.Start(options =>
            options.GameCertificate = new CertificateSettings(certificate.Path, TestCertificate.Password));

        var tcp = await gateway.ConnectTcp(secure: true);
        using var socket = await gateway.ConnectWebSocket();

        Assert.NotNull((await tcp.Ask(Commands.Hello())).Welcome);
        Assert.NotNull((await Ask(socket, Commands.Hello())).Welcome);
        Assert.Equal([true, false], gateway.Listeners.PublicEndpoints.Select(endpoint => endpoint.Secure));
    }

    [Fact]
    public async Task When_the_host_stops_every_client_is_told_before_its_socket_closes()
    {
        await using var gateway = await ListeningGateway.Start();
        var client = await gateway.ConnectTcp();
        await client.Ask(Commands.Hello());
        using var socket = await gateway.ConnectWebSocket();
        await Ask(socket, Commands.Hello());

        var stopping = gateway.Stop();

        Assert.Equal(ErrorCode.ServerClose, (await client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
        Assert.Equal(ErrorCode.ServerClose, (await Receive(socket)).Disconnecting.Code);
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task When_the_host_stops_Central_hears_it_first_and_clients_are_sent_to_another_gateway()
    {
        await using var gateway = await ListeningGateway.Start();
        await gateway.World.Central.FirstReport.WaitAsync(Patience);
        var client = await gateway.ConnectTcp();
        await client.Ask(Commands.Hello());
        gateway.World.Central.OtherGateways = [new(GatewayId.New(), "", [new ClientEndpoint(EndpointTransport.Tcp, "other", 7000, Secure: false)], 0, 100)];

        var stopping = gateway.Stop();

        var told = (await client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting;
        Assert.Equal(["other"], told.OtherGateways.Select(other => other.Host));
        Assert.InRange(told.RetryAfterMs, 1u, 500u);
        Assert.True(gateway.World.Central.LastReport!.IsLeaving);
        client.Close();
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task Central_is_told_the_public_address_and_the_ports_that_were_got()
    {
        await using var gateway = await ListeningGateway.Start(options => options.PublicAddress = "play.example.com");

        var report = await gateway.World.Central.FirstReport.WaitAsync(Patience);

        Assert.Equal(
            [$"tcp://play.example.com:{gateway.Listeners.GamePort}", $"ws://play.example.com:{gateway.Listeners.HttpPort}/ws"],
            report.Endpoints.Select(endpoint => endpoint.ToString()));
        Assert.NotEqual(0, gateway.Listeners.GamePort);
    }

    [Fact]
    public async Task A_port_in_use_is_explained_by_its_key()
    {
        await using var first = await ListeningGateway.Start();
        var listeners = new GatewayListeners(new GatewayOptions { GamePort = first.Listeners.GamePort, GamePortKey = "gatewayPort" });

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => ListeningGateway.Start(options => options.GamePort = first.Listeners.GamePort));

        Assert.Equal($"gatewayPort = {first.Listeners.GamePort}: the port is in use", listeners.ExplainPortInUse(failure));
        Assert.Null(listeners.ExplainPortInUse(new IOException("a disk")));
    }

    /// <summary>Null: an end of file behind nothing. An <see cref="IOException"/>: a reset, for what was sent and never read.</summary>
    private static Task<Exception?> EndOf(TestClient client) => Record.ExceptionAsync(async () => Assert.Null(await client.ReceiveLast())).AsTask();

    private static async Task<ServerMessage> Ask(ClientWebSocket socket, ClientMessage message)
    {
        message.RequestId = 1;
        await socket.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
        return await Receive(socket);
    }

    private static async Task<ServerMessage> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(Patience);
        var received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
        Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
        return ServerMessage.Parser.ParseFrom(buffer, 0, received.Count);
    }
}
