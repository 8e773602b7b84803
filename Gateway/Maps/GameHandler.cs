using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>The game's own message, for the map's systems. Answered only when it is refused.</summary>
internal sealed class GameHandler
{
    public async Task Handle(ClientRequest request, GameMessage command)
    {
        if (request.Connection.Visit is not { } visit)
            request.Refuse(RefusalCode.AppNotReady);
        else if (command.Payload.Length > WireLimits.GamePayloadBytes)
            request.Refuse(RefusalCode.GameMessageRefused);
        else
            await Send(request, visit, command);
    }

    private static async Task Send(ClientRequest request, Visit visit, GameMessage command)
    {
        var sent = await request.Ask(visit.Map.Send(visit.Character, visit.Owner, (int)command.Kind, command.Payload.Memory));
        if (!sent.TryGet(out _, out var why))
            request.Refuse(why);
    }
}
