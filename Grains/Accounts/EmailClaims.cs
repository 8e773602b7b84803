using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Accounts;

/// <summary>How an email address changes hands. The grain asks the earlier holder's username in between, see <see cref="Contested"/>.</summary>
internal static class EmailClaims
{
    /// <summary>How long a claim holds without being confirmed: much longer than a registration may take (<see cref="Credentials.CommitWithin"/>).</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    /// <summary>Whether somebody else's claim has run out, so that it must be settled before the address is given or refused.</summary>
    public static bool Contested(EmailRecord record, AccountId by, DateTimeOffset now) =>
        record.Account is { } holder && holder != by && record.PendingUntil <= now;

    /// <param name="lost">The holder that is known never to come.</param>
    public static Answer<EmailRecord> Claim(EmailRecord record, AccountId account, string username, AccountId? lost, DateTimeOffset now) =>
        record.Account is { } holder && holder != account && holder != lost
            ? Answer.Refuse<EmailRecord>(RefusalCode.EmailAlreadyInUse)
            : Answer.Of(new EmailRecord { Account = account, Username = username, PendingUntil = now + Holds });

    public static Answer<EmailRecord> Confirm(EmailRecord record, AccountId account)
    {
        if (record.Account != account) return Answer.Refuse<EmailRecord>(RefusalCode.EmailAlreadyInUse);
        return Answer.Of(record.PendingUntil is null ? record : record with { PendingUntil = null });
    }
}
