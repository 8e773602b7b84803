using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>Ends the session and voids the token; the connection is as after the greeting.</summary>
internal sealed class LogoutHandler(IGrainFactory grains, Sessions sessions)
{
    public async Task Handle(ClientRequest request)
    {
        var connection = request.Connection;
        var account = connection.Account!;
        var voided = await request.Ask(grains.GetGrain<IAccountGrain>(account.Id.Value).Logout(account.Epoch));
        if (!voided.TryGet(out _, out var why))
        {
            request.Refuse(why);
            return;
        }
        await request.Ask(sessions.Of(account).Close(connection.Id));
        (connection.Account, connection.State) = (null, ConnectionState.Greeted);
        request.Answer(new ServerMessage { LoggedOut = new LoggedOut() });
    }
}
