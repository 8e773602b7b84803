using Google.Protobuf;

namespace MmoOrleans.Protocol.Tests;

internal static class Messages
{
    public static ByteString Id(byte first) => ByteString.CopyFrom([.. Enumerable.Range(first, 16).Select(value => (byte)value)]);

    public static readonly ClientMessage[] EveryCommand =
    [
        new() { RequestId = 1, Hello = new Hello { ProtocolMin = 1, ProtocolMax = 1, Client = "test" } },
        new() { RequestId = 2, Register = new Register { Username = "Ada", Password = "pässword", Email = "ada@example.org" } },
        new() { RequestId = 3, Login = new Login { Password = new PasswordProof { Username = "Ada", Password = "secret" } } },
        new() { RequestId = 4, Login = new Login { Token = new TokenProof { AccountId = Id(1), AccessToken = "token" } } },
        new() { RequestId = 5, Login = new Login { External = new ExternalProof { Provider = "p", Credential = Id(2) } } },
        new() { RequestId = 6, Logout = new Logout() },
        new() { RequestId = 7, ListChannels = new ListChannels() },
        new() { RequestId = 8, ListCharacters = new ListCharacters() },
        new() { RequestId = 9, CreateCharacter = new CreateCharacter { Name = "Barone", Appearance = Id(3) } },
        new() { RequestId = 10, DeleteCharacter = new DeleteCharacter { CharacterId = Id(4) } },
        new() { RequestId = 11, SelectCharacter = new SelectCharacter { CharacterId = Id(4), ChannelId = "1" } },
        new()
        {
            RequestId = 12,
            EnterMap = new EnterMap
            {
                AccountId = Id(1), AccessToken = "token", CharacterId = Id(4), ConnectionKey = Id(5),
                Heard = { new ChatPosition { Channel = "global", Incarnation = 3, Number = 17 } },
            },
        },
        new() { RequestId = 13, ClientReady = new ClientReady() },
        new() { Move = new Move { InputSequence = 1, XCm = 1250, YCm = -5, ZCm = 350, Heading = 64 } },
        new() { RequestId = 14, Say = new Say { Kind = ChatKind.Whisper, Text = "hello", To = "Barone" } },
        new() { RequestId = 15, Game = new GameMessage { Kind = 7, Payload = Id(6) } },
        new() { RequestId = 16, LeaveMap = new LeaveMap() },
        new() { Ping = new Ping { Value = 42 } },
        new() { Pong = new Pong { Value = 42 } },
    ];
}
