namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>
/// Owns one email address for the usernames: claimed before the account is made, confirmed after. A claim that was never
/// confirmed runs out and is settled with the username that made it. Key: <c>email:{folded address}</c>.
/// </summary>
[Alias("mmo.IEmailGrain")]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>Claims the address for 30 s. Refused: EMAIL_ALREADY_IN_USE, SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Claim")]
    Task<Answer<Done>> Claim(AccountId account, string username);

    /// <summary>The account is made: the claim becomes lasting. Refused: EMAIL_ALREADY_IN_USE (it lost the address), SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Confirm")]
    Task<Answer<Done>> Confirm(AccountId account);

    /// <summary>Frees the address if this account holds it. Refused: SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Free")]
    Task<Answer<Done>> Free(AccountId account);
}
