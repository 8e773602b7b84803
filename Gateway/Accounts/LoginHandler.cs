using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// Proves an account with a password or an access token, then opens its session on this connection: whoever held it is
/// disconnected by the session.
/// </summary>
internal sealed class LoginHandler(IGrainFactory grains, GatewayOptions options, LoginFailures failures, HashingShares shares, Sessions sessions, ILogger<LoginHandler> log)
{
    public async Task Handle(ClientRequest request, Login command)
    {
        var proved = await Prove(request, command);
        if (!proved.TryGet(out var login, out var why))
        {
            request.Refuse(why);
            return;
        }
        await Open(request, login);
    }

    private Task<Answer<AccountLogin>> Prove(ClientRequest request, Login command) => command.ProofCase switch
    {
        Login.ProofOneofCase.Password => HashPassword(request, command.Password),
        Login.ProofOneofCase.Token => failures.Ask(request, () => ProveToken(request, command.Token)),
        Login.ProofOneofCase.External => Task.FromResult(Answer.Refuse<AccountLogin>(RefusalCode.ServiceNotAvailable)),
        _ => Task.FromResult(Answer.Refuse<AccountLogin>(RefusalCode.InvalidMessage)),
    };

    /// <summary>The share first: that many guesses at most are under way, so right ones of many players at one address do not use up its failures.</summary>
    private async Task<Answer<AccountLogin>> HashPassword(ClientRequest request, PasswordProof proof)
    {
        using var share = shares.Take(request.Connection.Transport.RemoteAddress);
        return share.IsAcquired
            ? await failures.Guess(request, () => ProvePassword(request, proof))
            : Answer.Refuse<AccountLogin>(RefusalCode.ServerBusy, options.BusyRetry);
    }

    private async Task<Answer<AccountLogin>> ProvePassword(ClientRequest request, PasswordProof proof)
    {
        if (AccountShapes.RefuseUsername(proof.Username) is not null || AccountShapes.RefusePassword(proof.Password) is not null)
            return Answer.Refuse<AccountLogin>(RefusalCode.InvalidUsernameOrPassword);
        var owner = grains.GetGrain<IUsernameGrain>(GrainKeys.Username(proof.Username));
        var network = AddressNetwork.Of(request.Connection.Transport.RemoteAddress).ToString();
        var checkedPassword = await request.AskForLong(patience => owner.CheckPassword(proof.Password, network, patience));
        return checkedPassword.TryGet(out var account, out var why)
            ? await request.Ask(patience => grains.GetGrain<IAccountGrain>(account.Value).Login(proof.Username, patience))
            : Answer.Refuse<AccountLogin>(why);
    }

    private async Task<Answer<AccountLogin>> ProveToken(ClientRequest request, TokenProof proof)
    {
        var validated = await sessions.ValidateToken(request, proof.AccountId, proof.AccessToken);
        return validated.TryGet(out var holder, out var why)
            ? Answer.Of(new AccountLogin(holder.Account, proof.AccessToken, holder.Expires, holder.Epoch, holder.UserLevel, holder.Played))
            : Answer.Refuse<AccountLogin>(why);
    }

    private async Task Open(ClientRequest request, AccountLogin login)
    {
        var opened = await sessions.Open(request, login.Account, login.Epoch, login.Played);
        if (!opened.TryGet(out _, out var why))
        {
            request.Refuse(why);
            return;
        }
        GatewayLog.LoggedIn(log, request.Connection.Id.Number, login.Account, login.Epoch);
        request.Connection.Metrics.LoggedIn();
        request.Answer(new ServerMessage { LoggedIn = ToWire(login) });
    }

    private static LoggedIn ToWire(AccountLogin login) => new()
    {
        AccountId = login.Account.Value.ToWire(),
        AccessToken = login.AccessToken,
        TokenExpiresUnixMs = (ulong)login.Expires.ToUnixTimeMilliseconds(),
        UserLevel = (uint)login.UserLevel,
    };
}
