using Google.Protobuf;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>What login and entering a map have in common: a proved account and its session on this connection.</summary>
internal sealed class Sessions(IGrainFactory grains, GatewayObserver observer)
{
    private const int LongestToken = 512;

    /// <summary>Whose token that is. What cannot be one never reaches a grain.</summary>
    public async Task<Answer<TokenHolder>> ValidateToken(ClientRequest request, ByteString accountId, string accessToken)
    {
        if (!WireIds.TryRead(accountId, out var account) || accessToken.Length is 0 or > LongestToken)
            return Answer.Refuse<TokenHolder>(RefusalCode.InvalidUserToken);
        return await request.Ask(() => grains.GetGrain<IAccountGrain>(account).ValidateToken(accessToken));
    }

    /// <summary>Opens the account's session on this connection, which is authenticated when that is granted.</summary>
    /// <param name="played">The character that the account selected last.</param>
    public async Task<Answer<Done>> Open(ClientRequest request, AccountId account, long epoch, CharacterId? played)
    {
        var claimed = Claim(request.Connection, account, epoch);
        var answer = await request.Ask(Of(claimed).Open(claimed.Holder, played));
        if (answer.TryGet(out _, out _))
            request.Connection.State = ConnectionState.Authenticated;
        return answer;
    }

    /// <summary>
    /// Notes the account before the session hears of this connection, so that whatever becomes of the call the session is told
    /// when the connection is gone.
    /// </summary>
    public LoggedInAccount Claim(ClientConnection connection, AccountId account, long epoch)
    {
        var claimed = new LoggedInAccount(account, new SessionHolder(connection.Id, epoch, observer.Reference));
        connection.Account = claimed;
        return claimed;
    }

    public ISessionGrain Of(LoggedInAccount account) => grains.GetGrain<ISessionGrain>(account.Id.Value);
}
