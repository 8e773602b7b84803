using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Accounts;

/// <summary>When a name and a password open an account. The write of the credential is the moment the account exists.</summary>
internal static class Credentials
{
    /// <summary>An account is made within this time after its email address was claimed or not at all.</summary>
    public static readonly TimeSpan CommitWithin = TimeSpan.FromSeconds(10);

    /// <summary>False: the name is free.</summary>
    public static bool IsRegistered(CredentialRecord record) => record.PasswordHash.Length > 0;

    public static Answer<CredentialRecord> Register(CredentialRecord record, CredentialRecord credential, DateTimeOffset now)
    {
        if (IsRegistered(record)) return Answer.Refuse<CredentialRecord>(RefusalCode.UsernameExisted);
        return now > credential.Created + CommitWithin
            ? Answer.Refuse<CredentialRecord>(RefusalCode.ServiceNotAvailable, TimeSpan.Zero)
            : Answer.Of(credential);
    }

    /// <summary>An account that was not made by now never will be: an empty record makes a registration that is still on its way to the store fail there.</summary>
    public static CredentialRecord Settle(CredentialRecord record, DateTimeOffset now) =>
        IsRegistered(record) ? record : new CredentialRecord { Created = now };
}
