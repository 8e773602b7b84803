using System.Net;
using CsCheck;
using Google.Protobuf;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>Clients that send what no client should. They cost themselves their connection and nobody else anything.</summary>
public class HostileClients
{
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[1, 400];

    private static readonly ErrorCode[] Reasons = [ErrorCode.InvalidMessage, ErrorCode.InvalidState, ErrorCode.InvalidPacketVersion, ErrorCode.RateLimited];

    /// <summary>Any bytes before a hello: the connection ends by itself with a reason, or waits for the rest of a frame.</summary>
    [Fact]
    public async Task Any_bytes_end_the_connection_with_a_reason_and_others_do_not_notice()
    {
        await using var gateway = new GatewayUnderTest();
        var (neighbour, _) = await gateway.Login("neighbour");

        await Bytes.SampleAsync(async bytes =>
        {
            var client = gateway.Connect();
            client.SendBytes(bytes);
            client.EndSending();
            var last = await client.ReceiveLast();
            Assert.True(last is null || Reasons.Contains(last.Disconnecting.Code), $"the last words were {last}");
            await client.Served;
        }, iter: 500, threads: 1);

        Assert.NotNull((await neighbour.Ask(Commands.ListCharacters())).CharacterList);
    }

    /// <summary>Whole frames of any bytes after the greeting: refused or closed, never an exception.</summary>
    [Fact]
    public async Task Any_frames_after_the_greeting_are_answered_or_end_the_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var (neighbour, _) = await gateway.Login("neighbour");

        await Bytes.Array[1, 5].SampleAsync(async frames =>
        {
            var client = await gateway.Greet();
            foreach (var frame in frames)
                client.SendBytes(Delimited(frame));
            client.EndSending();
            await client.ReceiveLast();
            await client.Served;
        }, iter: 300, threads: 1);

        Assert.NotNull((await neighbour.Ask(Commands.ListCharacters())).CharacterList);
    }

    /// <summary>Real commands with any content, in any order: each is answered or the connection ends with a reason.</summary>
    [Fact]
    public async Task Any_commands_in_any_order_are_answered()
    {
        await using var gateway = new GatewayUnderTest(options => options.LoginFailuresPerMinutePerAddress = 1_000_000);

        await Command.Array[1, 12].SampleAsync(async commands =>
        {
            var client = await gateway.Greet();
            foreach (var command in commands)
                Assert.NotNull(await client.Ask(command.Clone()));
            client.Close();
            await client.Served;
        }, iter: 300, threads: 1);
    }

    [Fact]
    public async Task A_frame_over_the_limit_is_refused_before_it_has_come()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        client.SendBytes([0x81, 0x40]); // announces 8,193 bytes

        Assert.Equal(ErrorCode.InvalidMessage, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Who_is_closed_and_sends_on_for_ever_is_cut()
    {
        var pipes = new PipePair();
        var server = new PipeStream(pipes.Server);
        await using var transport = new TcpTransport(server, server, IPAddress.Loopback);
        var flood = Flood();

        await transport.Drain(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await transport.DisposeAsync();
        await flood;

        async Task Flood()
        {
            while (!(await pipes.Client.Output.WriteAsync(new byte[64 * 1024])).IsCompleted) { }
        }
    }

    [Fact]
    public async Task Before_the_login_a_frame_may_be_half_as_long()
    {
        await using var gateway = new GatewayUnderTest();
        var stranger = await gateway.Greet();
        var (known, _) = await gateway.Login("barone");
        var appearance = Commands.CreateCharacter(new string('x', FrameLimits.BeforeLoginBytes));

        stranger.Send(appearance.Clone());

        Assert.Equal(ErrorCode.InvalidMessage, (await stranger.ReceiveEnd()).Code);
        Assert.NotNull((await known.Ask(appearance)).Refused);
    }

    /// <summary>What a page of docs promises: nothing that is allowed is longer than what is read.</summary>
    [Fact]
    public void The_longest_legal_commands_fit_into_a_frame()
    {
        var enter = new EnterMap { AccountId = Blob(16), AccessToken = new string('t', 128), CharacterId = Blob(16), ConnectionKey = Blob(128) };
        for (var i = 0; i < 16; i++)
            enter.Heard.Add(new ChatPosition { Channel = new string('c', 64), Incarnation = long.MaxValue, Number = long.MaxValue });
        var register = new Register { Username = new string('u', 24), Password = new string('p', 256), Email = new string('e', 320) };
        var game = new GameMessage { Kind = uint.MaxValue, Payload = Blob(4096) };

        Assert.InRange(new ClientMessage { RequestId = uint.MaxValue, EnterMap = enter }.CalculateSize(), 1, FrameLimits.BeforeLoginBytes);
        Assert.InRange(new ClientMessage { RequestId = uint.MaxValue, Register = register }.CalculateSize(), 1, FrameLimits.BeforeLoginBytes);
        Assert.InRange(new ClientMessage { RequestId = uint.MaxValue, Game = game }.CalculateSize(), 1, FrameLimits.ClientToServerBytes);

        static ByteString Blob(int bytes) => ByteString.CopyFrom(new byte[bytes]);
    }

    [Fact]
    public async Task A_length_that_never_ends_closes_the_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        client.SendBytes([0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal(ErrorCode.InvalidMessage, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task A_frame_in_single_bytes_is_a_frame()
    {
        await using var gateway = new GatewayUnderTest();
        var client = gateway.Connect();

        foreach (var one in Delimited(Commands.Hello().ToByteArray()))
            client.SendBytes([one]);

        Assert.NotNull((await client.Receive(ServerMessage.FactOneofCase.Welcome)).Welcome);
    }

    [Fact]
    public async Task A_command_of_a_newer_protocol_is_refused_and_the_connection_stays()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        client.SendBytes(Delimited([0x08, 0x63, 0xFA, 0x07, 0x00])); // request 99, field 127

        var refused = await client.Receive(ServerMessage.FactOneofCase.Refused);
        Assert.Equal((99u, ErrorCode.InvalidMessage), (refused.RequestId, refused.Refused.Code));
        Assert.NotNull((await client.Ask(new ClientMessage { ListChannels = new ListChannels() })).ChannelList);
    }

    private static readonly Gen<ByteString> Blob = Gen.Byte.Array[0, 40].Select(bytes => ByteString.CopyFrom(bytes));

    private static readonly Gen<string> Text = Gen.String[Gen.Char.AlphaNumeric, 0, 70];

    private static readonly Gen<ClientMessage> Command = Gen.OneOf(
        Gen.Select(Text, Text, (name, password) => Commands.Register(name, password)),
        Gen.Select(Text, Text, (name, password) => Commands.Login(name, password)),
        Gen.Select(Blob, Text, (account, token) => Commands.Login(account, token)),
        Gen.Const(new ClientMessage { Login = new Login { External = new ExternalProof() } }),
        Gen.Const(new ClientMessage { Login = new Login() }),
        Gen.Const(new ClientMessage { Logout = new Logout() }),
        Gen.Const(new ClientMessage { ListChannels = new ListChannels() }),
        Gen.Const(Commands.ListCharacters()),
        Text.Select(name => Commands.CreateCharacter(name)),
        Blob.Select(id => new ClientMessage { DeleteCharacter = new DeleteCharacter { CharacterId = id } }),
        Blob.Select(id => new ClientMessage { SelectCharacter = new SelectCharacter { CharacterId = id } }),
        Gen.Select(Blob, Text, Blob, (id, token, key) => new ClientMessage
        {
            EnterMap = new EnterMap { AccountId = id, AccessToken = token, CharacterId = id, ResumeToken = key },
        }),
        Gen.Const(new ClientMessage { ClientReady = new ClientReady() }),
        Gen.Select(Text, Gen.Int[0, 9], (text, kind) => Commands.Chat(text, (ChatKind)kind)),
        Blob.Select(payload => new ClientMessage { Game = new GameMessage { Payload = payload } }),
        Gen.Const(new ClientMessage { LeaveMap = new LeaveMap() }));

    private static byte[] Delimited(byte[] frame)
    {
        var prefix = new byte[FrameLimits.PrefixBytes];
        return [.. prefix[..FrameWriter.WriteLength(prefix, frame.Length)], .. frame];
    }
}
