using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

// At Central: accounts.
public sealed partial class MmoClient
{
    private LoggedIn _login = new();

    /// <summary>Makes an account; does not log in. USERNAME_EXISTED, USERNAME_TOO_SHORT, INVALID_USERNAME, PASSWORD_TOO_SHORT, ...</summary>
    public Task<Answer<Registered>> RegisterAsync(string username, string password, string email = "", CancellationToken cancellation = default) =>
        _loop.Run(() => Ask(new ClientMessage { Register = new Register { Username = username, Password = password, Email = email } }, static message => message.Registered, cancellation));

    /// <summary>
    /// Logs in; whoever holds the account elsewhere is disconnected. Keeps account and token. INVALID_USERNAME_OR_PASSWORD, USER_BANNED, ...
    /// Who is logged in already stays so: ALREADY_LOGGED_IN.
    /// </summary>
    public Task<Answer<LoggedIn>> LoginAsync(string username, string password, CancellationToken cancellation = default) => _loop.Run(() =>
    {
        ForgetFormerLogin();
        return Login(new Login { Password = new PasswordProof { Username = username, Password = password } }, cancellation);
    });

    /// <summary>Logs in again with the token that is kept. INVALID_USER_TOKEN when it has expired or another login has replaced it.</summary>
    public Task<Answer<LoggedIn>> ValidateTokenAsync(CancellationToken cancellation = default) => _loop.Run(() => LoginByToken(cancellation));

    /// <summary>Logs in with a token kept by the game, say since the last start.</summary>
    public Task<Answer<LoggedIn>> ValidateTokenAsync(Google.Protobuf.ByteString accountId, string accessToken, CancellationToken cancellation = default) => _loop.Run(() =>
    {
        if (ForgetFormerLogin()) (AccountId, AccessToken) = (accountId, accessToken);
        return LoginByToken(accountId, accessToken, cancellation);
    });

    /// <summary>Ends the session and voids the token. Account, token and character are forgotten whatever the answer.</summary>
    public Task<Answer<LoggedOut>> LogoutAsync(CancellationToken cancellation = default) => _loop.Run(async () =>
    {
        var answer = await Ask(new ClientMessage { Logout = new Logout() }, static message => message.LoggedOut, cancellation);
        ClearClientData();
        if (_connection is { } connection) connection.IsLoggedIn = false;
        return answer;
    });

    /// <summary>False: the login is alive, and whatever comes next, the server leaves it so.</summary>
    private bool ForgetFormerLogin()
    {
        if (_connection is { IsLoggedIn: true }) return false;
        ClearClientData();
        return true;
    }

    private Task<Answer<LoggedIn>> LoginByToken(CancellationToken cancellation) => LoginByToken(AccountId, AccessToken, cancellation);

    private Task<Answer<LoggedIn>> LoginByToken(Google.Protobuf.ByteString accountId, string accessToken, CancellationToken cancellation) =>
        Login(new Login { Token = new TokenProof { AccountId = accountId, AccessToken = accessToken } }, cancellation);

    private async Task<Answer<LoggedIn>> Login(Login login, CancellationToken cancellation)
    {
        var answer = await Ask(new ClientMessage { Login = login }, static message => message.LoggedIn, cancellation);
        if (!answer.IsGranted(out var loggedIn) || _connection is not { } connection) return answer;

        connection.IsLoggedIn = true;
        _login = loggedIn;
        (AccountId, AccessToken, UserLevel) = (loggedIn.AccountId, loggedIn.AccessToken, loggedIn.UserLevel);
        return answer;
    }
}
