using System.Text;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Chat;

/// <summary>Says something on the player's map, which knows where it goes. Who says it comes from the visit.</summary>
internal sealed class SayHandler
{
    /// <summary>When a client between two maps may say it again, over its next connection or this one.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(250);

    public async Task Handle(ClientRequest request, Say command)
    {
        if (request.Connection.Visit is not { } visit)
            request.Refuse(WhyNowhere(request.Connection));
        else if (RefuseShape(command) is { } code)
            request.Refuse(code);
        else
            await Say(request, visit, command);
    }

    private static async Task Say(ClientRequest request, Visit visit, Say command)
    {
        var line = new MapSay(visit.Character, visit.Owner, (ChatLineKind)(int)command.Kind, command.Text, command.To);
        var said = await request.Ask(visit.Map.Say(line));
        if (said.TryGet(out _, out var why))
            request.Answer(new ServerMessage { SayAccepted = new SayAccepted() });
        else
            request.Refuse(why);
    }

    private static Refusal WhyNowhere(ClientConnection connection) => connection.IsMovingOn
        ? Refusal.For(RefusalCode.AlreadyWarping, OnTheWay)
        : Refusal.For(RefusalCode.AppNotReady);

    private static RefusalCode? RefuseShape(Say command)
    {
        if (command.Kind is not (ChatKind.Local or ChatKind.Global or ChatKind.Whisper))
            return RefusalCode.InvalidMessage;
        if (Encoding.UTF8.GetByteCount(command.Text) > WireLimits.ChatTextBytes)
            return RefusalCode.ChatTooLong;
        return command.To.Length > WireLimits.NameLength ? RefusalCode.CharacterNotOnline : null;
    }
}
