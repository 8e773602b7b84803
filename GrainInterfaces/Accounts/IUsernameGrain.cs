namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>
/// Owns one username for the gateways: its record is the credential, so registering is one write and cannot race.
/// Key: <c>user:{folded name}</c>.
/// </summary>
[Alias("mmo.IUsernameGrain")]
public interface IUsernameGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the account. Refused: USERNAME_EXISTED, EMAIL_ALREADY_IN_USE, SERVER_BUSY (with a time), SERVICE_NOT_AVAILABLE, and the rules of names,
    /// passwords and email addresses.
    /// </summary>
    [Alias("Register"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<AccountId>> Register(Registration registration, CancellationToken cancellation = default);

    /// <summary>
    /// Checks a password. Unknown name and wrong password are the same refusal after the same work. Failures are limited per
    /// name and come first: beyond the limit RATE_LIMITED with the time to wait is answered and nothing is hashed. Refused
    /// besides: SERVER_BUSY (with a time), SERVICE_NOT_AVAILABLE. Who cancels while waiting costs no hash.
    /// </summary>
    /// <param name="source">
    /// The network it comes from, as the gateway sees it: one that has logged in before has a limit and a line of its own, which
    /// strangers cannot use up. Empty: unknown.
    /// </param>
    [Alias("CheckPassword"), AlwaysInterleave, ResponseTimeout(Patience.ManySteps)]
    Task<Answer<AccountId>> CheckPassword(string password, string source, CancellationToken cancellation = default);

    /// <summary>
    /// For an email address whose pending claim has run out: whether this account was made under this name. When not, it never
    /// will be: a delayed registration fails. Answered while other calls wait. Refused: SERVICE_NOT_AVAILABLE, then nothing is
    /// settled.
    /// </summary>
    [Alias("Owns"), AlwaysInterleave]
    Task<Answer<bool>> Owns(AccountId account);

    /// <summary>The account of this name, for operators; null when there is none. Never asked on behalf of a player.</summary>
    [Alias("Find")]
    Task<AccountId?> Find();
}

/// <param name="Username">As typed: shown, while its folded form is the key.</param>
/// <param name="Password">Taken as it is, never trimmed. Hashed before anything is stored.</param>
/// <param name="Email">Empty when none was given. One address has one account.</param>
[GenerateSerializer, Immutable, Alias("mmo.Registration")]
public sealed record Registration(
    [property: Id(0)] string Username,
    [property: Id(1)] string Password,
    [property: Id(2)] string Email);
