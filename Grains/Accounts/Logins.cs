using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Accounts;

/// <summary>Who may use an account: the token, the epoch of the newest login, the ban.</summary>
internal static class Logins
{
    /// <summary>The next login: the token replaces the one before.</summary>
    public static Answer<AccountRecord> Login(AccountRecord record, string username, SecretHash token, DateTimeOffset expires, DateTimeOffset now) =>
        CheckBan(record, now) is { } banned
            ? Answer.Refuse<AccountRecord>(banned)
            : Answer.Of(record with { Username = username, Epoch = record.Epoch + 1, Token = token, TokenExpires = expires });

    /// <summary>Null when the token is good now.</summary>
    public static Refusal? CheckToken(AccountRecord record, string token, DateTimeOffset now)
    {
        if (record.Token is not { } hash || !hash.Matches(token) || record.TokenExpires <= now)
            return Refusal.For(RefusalCode.InvalidUserToken);
        return CheckBan(record, now);
    }

    /// <summary>Null when this is the newest login.</summary>
    public static Refusal? CheckEpoch(AccountRecord record, long epoch) =>
        record.Epoch == epoch ? null : Refusal.For(RefusalCode.AccountLoggedInByOther);

    /// <summary>Voids the token; a login that came after keeps its own.</summary>
    public static Answer<AccountRecord> Logout(AccountRecord record, long epoch) =>
        Answer.Of(record.Epoch == epoch && record.Token is not null ? record with { Token = null } : record);

    public static AccountRecord Ban(AccountRecord record, DateTimeOffset until, DateTimeOffset now) =>
        record with { BannedUntil = until > now ? until : null };

    public static AccountRecord Mute(AccountRecord record, DateTimeOffset until, DateTimeOffset now) =>
        record with { MutedUntil = until > now ? until : null };

    private static Refusal? CheckBan(AccountRecord record, DateTimeOffset now) =>
        record.BannedUntil is { } until && until > now ? Bans.Refuse(until, now) : null;
}
