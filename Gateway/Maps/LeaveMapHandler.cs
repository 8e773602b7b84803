using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>Back to the character list on purpose: the character is saved and gone, the connection is as after login.</summary>
internal sealed class LeaveMapHandler(Sessions sessions)
{
    public async Task Handle(ClientRequest request)
    {
        var connection = request.Connection;
        if (connection.Visit is not { } visit)
        {
            request.Refuse(RefusalCode.AppNotReady);
            return;
        }
        await request.Ask(visit.Map.Leave(visit.Character, visit.Owner, LeaveKind.Left));
        await visit.Feed.Remove(visit);
        connection.EndVisit(visit);
        await ReturnToList(request, connection.Account!, visit.Character);
    }

    /// <summary>Opening the session anew lets go of the character and keeps the connection, as one that has just logged in.</summary>
    private async Task ReturnToList(ClientRequest request, LoggedInAccount account, CharacterId left)
    {
        var opened = await sessions.Open(request, account.Id, account.Epoch, left);
        if (opened.TryGet(out _, out var why))
            request.Answer(new ServerMessage { LeftMap = new LeftMap() });
        else
            request.Connection.Close(why);
    }
}
