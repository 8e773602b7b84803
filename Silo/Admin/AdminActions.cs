using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Silo.Admin;

/// <summary>What an operator can do to players; each act is logged.</summary>
internal sealed partial class AdminActions(IGrainFactory grains, TimeProvider time, ILogger<AdminActions> logger)
{
    private const int MaxTextLength = WireLimits.ChatTextBytes;
    private const double MaxMinutes = 60 * 24 * 365;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<AdminAnswer> Announce(string? text)
    {
        if (text is null || !ShownText.IsVisible(text) || text.Length > MaxTextLength)
            return new AdminAnswer.Refused($"\"text\" has 1 to {MaxTextLength} characters.");
        var line = new NewChatLine(ChatLineKind.System, default, "", ShownText.Clean(text), time.GetUtcNow() + Patience);
        var said = await grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat(ChatChannels.Global)).Say(line);
        if (!said.TryGet(out _, out var refusal))
            return Denied(refusal);
        LogAnnounced(text);
        return new AdminAnswer.Done();
    }

    public async Task<AdminAnswer> Kick(string? account, string? character, string? reason)
    {
        if (reason?.Length > MaxTextLength)
            return new AdminAnswer.Refused($"\"reason\" has {MaxTextLength} characters at most.");
        if (await FindAccount(account, character) is not { } found)
            return NoSuch(account, character);
        var standard = Refusal.For(RefusalCode.KickedFromServer);
        var isKicked = await SessionOf(found).Kick(string.IsNullOrWhiteSpace(reason) ? standard : standard with { Sentence = ShownText.Clean(reason) });
        LogKicked(found, reason ?? "", isKicked);
        return isKicked ? new AdminAnswer.Done() : new AdminAnswer.NotFound("Nobody is logged in with that account.");
    }

    /// <summary>The whole account, of which a player or a character is named.</summary>
    /// <param name="minutes">Has to be said: forgotten it would lift the mute.</param>
    public async Task<AdminAnswer> Mute(string? account, string? character, double? minutes)
    {
        if (minutes is not (>= 0 and <= MaxMinutes))
            return new AdminAnswer.Refused($"\"minutes\" is a number from 0 to {MaxMinutes}, a year.");
        if (await FindAccount(account, character) is not { } found)
            return NoSuch(account, character);
        var muted = await grains.GetGrain<IAccountGrain>(found.Value).Mute(time.GetUtcNow().AddMinutes(minutes.Value));
        if (!muted.TryGet(out _, out var refusal))
            return Denied(refusal);
        LogMuted(found, minutes.Value);
        return new AdminAnswer.Done();
    }

    /// <param name="end">Has to be said: forgotten it would lift the ban.</param>
    public async Task<AdminAnswer> Ban(string? account, DateTimeOffset? end)
    {
        if (end is not { } until)
            return new AdminAnswer.Refused("\"until\" is a time, such as \"2027-01-31T12:00:00Z\".");
        if (await FindAccount(account, null) is not { } found)
            return NoSuch(account, null);
        var banned = await grains.GetGrain<IAccountGrain>(found.Value).Ban(until);
        if (!banned.TryGet(out _, out var refusal))
            return Denied(refusal);
        LogBanned(found, until);
        if (until > time.GetUtcNow())
            await SessionOf(found).Kick(Bans.Refuse(until, time.GetUtcNow()));
        return new AdminAnswer.Done();
    }

    /// <param name="level">Has to be said: forgotten it would take the level away.</param>
    public async Task<AdminAnswer> SetLevel(string? account, int? level)
    {
        if (level is not (>= 0 and <= WireLimits.UserLevel))
            return new AdminAnswer.Refused($"\"level\" is a whole number from 0 to {WireLimits.UserLevel}.");
        if (await FindAccount(account, null) is not { } found)
            return NoSuch(account, null);
        var set = await grains.GetGrain<IAccountGrain>(found.Value).SetLevel(level.Value);
        if (!set.TryGet(out _, out var refusal))
            return Denied(refusal);
        LogLevelSet(found, level.Value);
        return new AdminAnswer.Done();
    }

    private async Task<AccountId?> FindAccount(string? account, string? character)
    {
        if (!string.IsNullOrEmpty(account))
            return await grains.GetGrain<IUsernameGrain>(GrainKeys.Username(account)).Find();
        return await FindCharacter(character) is { } found ? await grains.GetGrain<ICharacterGrain>(found.Value).OwnedBy() : null;
    }

    private async Task<CharacterId?> FindCharacter(string? name) =>
        string.IsNullOrEmpty(name) ? null : await grains.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName(name)).Find();

    private ISessionGrain SessionOf(AccountId account) => grains.GetGrain<ISessionGrain>(account.Value);

    /// <summary>The order may be right, and what it needs is away; or it is wrong.</summary>
    private static AdminAnswer Denied(Refusal refusal) =>
        refusal.Code is RefusalCode.ServiceNotAvailable or RefusalCode.ChatNotAvailable or RefusalCode.ServerBusy or RefusalCode.RetryLater
            ? new AdminAnswer.Failed(refusal.Sentence)
            : new AdminAnswer.Refused(refusal.Sentence);

    private static AdminAnswer NoSuch(string? account, string? character) => (account, character) switch
    {
        ({ Length: > 0 }, _) => new AdminAnswer.NotFound($"There is no account \"{account}\"."),
        (_, { Length: > 0 }) => new AdminAnswer.NotFound($"There is no character \"{character}\" that was ever played."),
        _ => new AdminAnswer.Refused("Name an \"account\" or a \"character\"."),
    };

    [LoggerMessage(3020, LogLevel.Information, "Announced by an operator: {Text}")]
    private partial void LogAnnounced(string text);

    [LoggerMessage(3021, LogLevel.Information, "Account {Account} kicked by an operator, reason \"{Reason}\"; was there: {IsKicked}")]
    private partial void LogKicked(AccountId account, string reason, bool isKicked);

    [LoggerMessage(3022, LogLevel.Information, "Account {Account} muted by an operator for {Minutes} minutes")]
    private partial void LogMuted(AccountId account, double minutes);

    [LoggerMessage(3024, LogLevel.Information, "Account {Account} has level {Level} by an operator")]
    private partial void LogLevelSet(AccountId account, int level);

    [LoggerMessage(3023, LogLevel.Information, "Account {Account} banned by an operator until {Until}")]
    private partial void LogBanned(AccountId account, DateTimeOffset until);
}
