using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Characters;
using MmoOrleans.Gateway.Chat;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The one place that knows which handler serves which command.</summary>
internal sealed class MessageRouter(
    HelloHandler hello,
    PingHandler ping,
    RegisterHandler register,
    LoginHandler login,
    LogoutHandler logout,
    ListChannelsHandler listChannels,
    ListCharactersHandler listCharacters,
    CreateCharacterHandler createCharacter,
    DeleteCharacterHandler deleteCharacter,
    SelectCharacterHandler selectCharacter,
    EnterMapHandler enterMap,
    ClientReadyHandler clientReady,
    MoveHandler move,
    SayHandler say,
    GameHandler game,
    LeaveMapHandler leaveMap)
{
    /// <summary>Moves come ten times a second from everybody: read without a message object, they have a way of their own.</summary>
    public void Route(ClientConnection connection, in MoveInput input) => move.Handle(connection, input);

    /// <summary>Hands the command to its handler. Completes at once for those that <see cref="CommandRules.IsInline"/> names.</summary>
    public Task Route(ClientConnection connection, ClientMessage message)
    {
        var request = new ClientRequest(connection, message.RequestId);
        return message.CommandCase switch
        {
            Command.Hello => hello.Handle(request, message.Hello),
            Command.Ping => ping.Handle(request, message.Ping),
            Command.Register => register.Handle(request, message.Register),
            Command.Login => login.Handle(request, message.Login),
            Command.Logout => logout.Handle(request),
            Command.ListChannels => listChannels.Handle(request),
            Command.ListCharacters => listCharacters.Handle(request),
            Command.CreateCharacter => createCharacter.Handle(request, message.CreateCharacter),
            Command.DeleteCharacter => deleteCharacter.Handle(request, message.DeleteCharacter),
            Command.SelectCharacter => selectCharacter.Handle(request, message.SelectCharacter),
            Command.EnterMap => enterMap.Handle(request, message.EnterMap),
            Command.ClientReady => clientReady.Handle(request),
            Command.Say => say.Handle(request, message.Say),
            Command.Game => game.Handle(request, message.Game),
            Command.LeaveMap => leaveMap.Handle(request),
            _ => Task.CompletedTask, // Pong: having been heard is all it is for.
        };
    }
}
