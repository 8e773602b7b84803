using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Fakes;

/// <summary>
/// A server of one account that speaks the protocol and grants everything. A test says what goes otherwise: Next
/// replaces the answer to the next such command, <see cref="Refuse"/> makes connecting fail, and the latest connection can be spoken on or broken.
/// </summary>
public sealed class FakeGateway
{
    private readonly Dictionary<Command, Queue<Func<ClientMessage, ServerMessage?>>> _next = [];
    private readonly Dictionary<string, Exception> _unreachable = [];
    private readonly HashSet<string> _silent = ["nowhere"];
    private uint _entered;
    private ulong _eventNumber;

    public List<FakeConnection> Connections { get; } = [];

    public List<ClientMessage> Received { get; } = [];

    public FakeConnection Latest => Connections[^1];

    public Welcome Welcome { get; set; } = new() { Protocol = 1, ServerVersion = "fake", PingIntervalMs = 2000, IdleTimeoutMs = 30000, MaxFrameBytes = 65536 };

    public string Map { get; set; } = "Map001";

    /// <summary>Where its maps are told to be, besides the WebSocket.</summary>
    public int Port { get; set; } = 7000;

    /// <summary>The host of the map that a selected character goes to.</summary>
    private string MapHost => Port == 7000 ? "map" : "127.0.0.1";

    public ulong NowMs { get; set; } = 1_000_000;

    public static ByteString Id(string name) => ByteString.CopyFromUtf8(name.PadRight(16, '.'));

    public ITransport Create(ServerEndpoint endpoint) => new FakeConnection(this);

    /// <summary>The next such command is answered by this (null: not at all) instead of being granted. Several calls queue up.</summary>
    public void Next(Command command, Func<ClientMessage, ServerMessage?> answer)
    {
        if (!_next.TryGetValue(command, out var queue)) _next[command] = queue = new();
        queue.Enqueue(answer);
    }

    public void Next(Command command, ErrorCode code, uint retryAfterMs = 0) =>
        Next(command, _ => new ServerMessage { Refused = new Refused { Code = code, Sentence = "Not now.", RetryAfterMs = retryAfterMs } });

    /// <summary>The host has lost its power: it says nothing at all.</summary>
    public void Silence(string host) => _silent.Add(host);

    public void Refuse(string host, Exception? why = null) => _unreachable[host] = why ?? new IOException("Connection refused.");

    public void Allow(string host) => _unreachable.Remove(host);

    public int Count(Command command) => Received.Count(one => one.CommandCase == command);

    public ClientMessage Last(Command command) => Received.Last(one => one.CommandCase == command);

    public MapConnection ConnectionTo(string map, string host = "map") => new()
    {
        Map = map,
        ChannelId = "1",
        ConnectionKey = Id("key-" + map),
        CharacterId = Id("barone"),
        Endpoints =
        {
            new Endpoint { Transport = Endpoint.Types.Transport.Websocket, Host = host, Port = 7001, Path = "/ws" },
            new Endpoint { Transport = Endpoint.Types.Transport.Tcp, Host = host, Port = (uint)Port },
        },
    };

    public void Say(MapEvent happening)
    {
        happening.Number = ++_eventNumber;
        Latest.Send(new ServerMessage { Events = new MapEvents { Events = { happening } } });
    }

    public void Frame(params EntityState[] entities) => Frame(0, entities);

    public void Frame(uint acknowledged, EntityState[] entities, params uint[] left) =>
        Latest.Send(new ServerMessage { Frame = new MapFrame { Tick = NowMs / 50, ServerTimeMs = NowMs, AcknowledgedInput = acknowledged, Entities = { entities }, Left = { left } } });

    /// <summary>From here on each of the next thousand moves is acknowledged by a frame.</summary>
    public void AcknowledgeMoves()
    {
        for (var move = 0; move < 1000; move++)
        {
            Next(Command.Move, command =>
            {
                Frame(command.Move.InputSequence, []);
                return null;
            });
        }
    }

    internal async Task Admit(FakeConnection connection, CancellationToken cancellation)
    {
        Connections.Add(connection);
        if (_silent.Contains(connection.Endpoint!.Host)) await Task.Delay(Timeout.Infinite, cancellation);
        if (_unreachable.TryGetValue(connection.Endpoint.Host, out var why)) throw why;
    }

    internal void Receive(FakeConnection from, ClientMessage command)
    {
        lock (Received) Received.Add(command);
        var answer = _next.TryGetValue(command.CommandCase, out var queue) && queue.TryDequeue(out var replaced) ? replaced(command) : Grant(command);
        if (answer is null) return;
        answer.RequestId = command.RequestId;
        from.Send(answer);
    }

    private ServerMessage? Grant(ClientMessage command) => command.CommandCase switch
    {
        Command.Hello => new() { Welcome = Welcome },
        Command.Register => new() { Registered = new Registered { AccountId = Id("account") } },
        Command.Login => new() { LoggedIn = new LoggedIn { AccountId = Id("account"), AccessToken = "token" } },
        Command.Logout => new() { LoggedOut = new LoggedOut() },
        Command.ListChannels => new() { ChannelList = new ChannelList { Channels = { new Channel { Id = "1", Title = "Channel 1", Connections = 2, MaxConnections = 500 } } } },
        Command.ListCharacters => new() { CharacterList = new CharacterList { MaxCharacters = 5, Characters = { new Character { CharacterId = Id("barone"), Name = "Barone" } } } },
        Command.CreateCharacter => new() { CharacterCreated = new CharacterCreated { Character = new Character { CharacterId = Id("new"), Name = command.CreateCharacter.Name } } },
        Command.DeleteCharacter => new() { CharacterDeleted = new CharacterDeleted { CharacterId = command.DeleteCharacter.CharacterId } },
        Command.SelectCharacter => new() { MapConnection = ConnectionTo(Map, MapHost) },
        Command.EnterMap => new() { EnterAccepted = Accept() },
        Command.ClientReady => new() { Spawned = new Spawned { EntityId = 7, Tick = 1, ServerTimeMs = NowMs } },
        Command.Say => new() { SayAccepted = new SayAccepted() },
        Command.LeaveMap => new() { LeftMap = new LeftMap() },
        Command.Ping => new() { Pong = new Pong { Value = command.Ping.Value, ServerTimeMs = NowMs } },
        _ => null,
    };

    private EnterAccepted Accept()
    {
        _eventNumber = 0;
        return new EnterAccepted
        {
            EntityId = 7,
            Map = Map,
            ChannelId = "1",
            XCm = 1250,
            ZCm = 350,
            Heading = 64,
            MaxSpeed = 6,
            TickRate = 20,
            VisibleRange = 80,
            ResumeToken = Id("resume-" + ++_entered),
            GraceMs = 5000,
            WidthCm = 6400,
            LengthCm = 6400,
            CharacterName = "Barone",
            Warps = { new MapWarp { Name = "gate", ToMap = "Map002", XCm = 6000, ZCm = 3000, WidthCm = 200, LengthCm = 200 } },
        };
    }
}
