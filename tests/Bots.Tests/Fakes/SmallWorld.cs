using Google.Protobuf;
using MmoOrleans.Protocol;
using Asked = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Bots.Tests.Fakes;

/// <summary>
/// A server for many clients with one open map on which everybody sees everybody at once. It keeps accounts and where characters
/// stand, as a real one does, so that a second run finds them. A test may make it lose things, be busy, or repeat itself.
/// </summary>
internal sealed class SmallWorld
{
    private readonly Lock _gate = new();
    private readonly HashSet<SmallConnection> _connected = [];
    private readonly Dictionary<Asked, int> _received = [];
    private ulong _tick;
    private uint _lastId = 100;

    /// <summary>Names and positions of those who have registered.</summary>
    public Dictionary<string, (int XCm, int ZCm)> Characters { get; } = [];

    /// <summary>Logins that are answered with SERVER_BUSY before one is granted.</summary>
    public int BusyLogins { get; set; }

    public bool IsUnreachable { get; set; }

    public bool ForgetsTokens { get; set; }

    public bool RepeatsLines { get; set; }

    public int Count(Asked command)
    {
        lock (_gate) return _received.GetValueOrDefault(command);
    }

    /// <summary>The server dies: every connection ends.</summary>
    public void Die()
    {
        lock (_gate)
        {
            IsUnreachable = true;
            foreach (var one in _connected.ToList()) one.Dispose();
        }
    }

    public void Connect(SmallConnection connection)
    {
        lock (_gate)
        {
            if (IsUnreachable) throw new IOException("Connection refused.");
            _connected.Add(connection);
        }
    }

    public void Disconnect(SmallConnection connection)
    {
        lock (_gate)
        {
            if (!_connected.Remove(connection) || connection.Entity is not { } gone) return;
            connection.Entity = null;
            foreach (var other in Players) other.Send(new ServerMessage { Frame = new MapFrame { Tick = ++_tick, Left = { gone.Id } } });
        }
    }

    public void Receive(SmallConnection from, ClientMessage command)
    {
        lock (_gate)
        {
            _received[command.CommandCase] = _received.GetValueOrDefault(command.CommandCase) + 1;
            if (Answer(from, command) is not { } answer) return;
            answer.RequestId = command.RequestId;
            from.Send(answer);
            if (command.CommandCase == Asked.ClientReady) Show(from);
        }
    }

    private IEnumerable<SmallConnection> Players => _connected.Where(one => one.Entity is not null);

    private ServerMessage? Answer(SmallConnection from, ClientMessage command) => command.CommandCase switch
    {
        Asked.Hello => new() { Welcome = new Welcome { Protocol = 1, PingIntervalMs = 2000 } },
        Asked.Register => Register(command.Register.Username),
        Asked.Login => Login(from, command.Login),
        Asked.ListCharacters => new() { CharacterList = ListOf(from.User) },
        Asked.CreateCharacter => Create(from),
        Asked.SelectCharacter => Select(command.SelectCharacter.CharacterId.ToStringUtf8()),
        Asked.EnterMap => new() { EnterAccepted = Enter(from, command.EnterMap.CharacterId.ToStringUtf8()) },
        Asked.ClientReady => new() { Spawned = new Spawned { EntityId = from.Entity!.Id } },
        Asked.Say => Say(from, command.Say.Text),
        Asked.Ping => new() { Pong = new Pong { Value = command.Ping.Value } },
        Asked.Move => Move(from, command.Move),
        _ => null,
    };

    private static ServerMessage Refuse(ErrorCode code, uint retryAfterMs = 0) => new() { Refused = new Refused { Code = code, Sentence = "Not now.", RetryAfterMs = retryAfterMs } };

    private ServerMessage Register(string name) => Characters.ContainsKey(name)
        ? Refuse(ErrorCode.UsernameExisted)
        : new() { Registered = new Registered { AccountId = ByteString.CopyFromUtf8(name) } };

    private ServerMessage Login(SmallConnection from, Login login)
    {
        if (BusyLogins-- > 0) return Refuse(ErrorCode.ServerBusy, 1);
        if (login.Token is not null && ForgetsTokens) return Refuse(ErrorCode.InvalidUserToken);
        from.User = login.Token?.AccountId.ToStringUtf8() ?? login.Password.Username;
        return new() { LoggedIn = new LoggedIn { AccountId = ByteString.CopyFromUtf8(from.User), AccessToken = "token" } };
    }

    private CharacterList ListOf(string user) => Characters.ContainsKey(user)
        ? new CharacterList { Characters = { new Character { CharacterId = ByteString.CopyFromUtf8(user), Name = user } } }
        : new CharacterList();

    private ServerMessage Create(SmallConnection from)
    {
        Characters[from.User] = (5000, 5000);
        return new() { CharacterCreated = new CharacterCreated { Character = ListOf(from.User).Characters[0] } };
    }

    private ServerMessage Select(string character) => !Characters.ContainsKey(character) ? Refuse(ErrorCode.CharacterNotFound) : new()
    {
        MapConnection = new MapConnection { Map = "Open", ChannelId = "1", CharacterId = ByteString.CopyFromUtf8(character), Endpoints = { new Endpoint { Host = "small", Port = 1 } } },
    };

    private EnterAccepted Enter(SmallConnection from, string character)
    {
        var (x, z) = Characters[character];
        from.User = character;
        from.Entity = new EntityState { Id = ++_lastId, XCm = x, ZCm = z, Identity = new EntityIdentity { Kind = EntityKind.Player, Name = character } };
        return new EnterAccepted { EntityId = _lastId, Map = "Open", ChannelId = "1", XCm = x, ZCm = z, MaxSpeed = 6, TickRate = 20, VisibleRange = 80, WidthCm = 10000, LengthCm = 10000 };
    }

    private void Show(SmallConnection newcomer)
    {
        foreach (var other in Players.Where(one => one != newcomer))
        {
            other.Send(new ServerMessage { Frame = new MapFrame { Tick = ++_tick, Entities = { newcomer.Entity } } });
            newcomer.Send(new ServerMessage { Frame = new MapFrame { Tick = _tick, Entities = { other.Entity } } });
        }
    }

    private ServerMessage? Move(SmallConnection from, Move move)
    {
        if (from.Entity is not { } entity) return null;
        (entity.XCm, entity.ZCm, from.LastInput) = (move.XCm, move.ZCm, move.InputSequence);
        Characters[from.User] = (move.XCm, move.ZCm);
        var state = new EntityState { Id = entity.Id, XCm = move.XCm, ZCm = move.ZCm };
        foreach (var one in Players)
        {
            var frame = new MapFrame { Tick = ++_tick, AcknowledgedInput = one.LastInput };
            if (one != from) frame.Entities.Add(state);
            one.Send(new ServerMessage { Frame = frame });
        }

        return null;
    }

    private ServerMessage Say(SmallConnection from, string text)
    {
        var said = new MapEvents { Events = { new MapEvent { Said = new Said { Kind = ChatKind.Global, From = from.User, Text = text } } } };
        if (RepeatsLines) said.Events.Add(said.Events[0].Clone());
        foreach (var one in Players) one.Send(new ServerMessage { Events = said });
        return new() { SayAccepted = new SayAccepted() };
    }
}
