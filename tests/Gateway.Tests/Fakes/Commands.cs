using Google.Protobuf;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>Commands as tests say them.</summary>
public static class Commands
{
    public static ClientMessage Hello(uint min = 1, uint max = 1) =>
        new() { Hello = new Hello { ProtocolMin = min, ProtocolMax = max, Client = "test" } };

    public static ClientMessage Register(string username, string password) =>
        new() { Register = new Register { Username = username, Password = password } };

    public static ClientMessage Login(string username, string password) =>
        new() { Login = new Login { Password = new PasswordProof { Username = username, Password = password } } };

    public static ClientMessage Login(ByteString account, string token) =>
        new() { Login = new Login { Token = new TokenProof { AccountId = account, AccessToken = token } } };

    public static ClientMessage CreateCharacter(string name) =>
        new() { CreateCharacter = new CreateCharacter { Name = name, Appearance = ByteString.CopyFrom(1, 2) } };

    public static ClientMessage Select(Character character) =>
        new() { SelectCharacter = new SelectCharacter { CharacterId = character.CharacterId, ChannelId = "1" } };

    public static ClientMessage Enter(LoggedIn login, MapConnection map) => new()
    {
        EnterMap = new EnterMap
        {
            AccountId = login.AccountId,
            AccessToken = login.AccessToken,
            CharacterId = map.CharacterId,
            ConnectionKey = map.ConnectionKey,
        },
    };

    public static ClientMessage Move(uint sequence, int x, int z) =>
        new() { Move = new Move { InputSequence = sequence, XCm = x, ZCm = z } };

    public static ClientMessage Ping(ulong value) => new() { Ping = new Ping { Value = value } };

    public static ClientMessage ListCharacters() => new() { ListCharacters = new ListCharacters() };

    public static ClientMessage Chat(string text, ChatKind kind = ChatKind.Local) =>
        new() { Say = new Say { Kind = kind, Text = text } };
}
