using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>One account: here its logins, in the other file its characters.</summary>
[GrainType("mmo.account")]
internal sealed partial class AccountGrain : Grain, IAccountGrain
{
    /// <summary>More than a character takes to tell its map.</summary>
    private static readonly TimeSpan MutePatience = TimeSpan.FromSeconds(3);

    private readonly AccountOptions _options;
    private readonly AccountRules _rules;
    private readonly CharacterList _characters;
    private readonly RecordStore<AccountRecord> _store;
    private readonly GrainCalls _calls;
    private readonly TimeProvider _time;
    private readonly ILogger<AccountGrain> _log;

    public AccountGrain(RecordStores stores, GrainCalls calls, IOptions<AccountOptions> options, TimeProvider time, ILogger<AccountGrain> log)
    {
        _options = options.Value;
        _rules = new AccountRules(_options);
        _characters = new CharacterList(_options);
        _store = stores.Of<AccountRecord>(AccountRecord.State, GrainContext);
        _calls = calls;
        _time = time;
        _log = log;
    }

    private AccountId Id => new(this.GetPrimaryKey());

    private DateTimeOffset Now => _time.GetUtcNow();

    public async Task<Answer<AccountLogin>> Login(string username, CancellationToken cancellation = default)
    {
        var token = Secret.New();
        var hash = SecretHash.Of(token);
        var login = await _store.Change(
            record =>
            {
                cancellation.ThrowIfCancellationRequested(); // Else the token of whoever plays were void for a client that is gone.
                return Logins.Login(record, username, hash, Now + _options.TokenLifetime, Now);
            },
            record => record.Token == hash);
        if (!login.TryGet(out var record, out var why)) return Answer.Refuse<AccountLogin>(why);
        SweepSoon();
        LogLogin(_log, username, Id, record.Epoch);
        return Answer.Of(new AccountLogin(Id, token, record.TokenExpires, record.Epoch, record.UserLevel, CharacterList.PlayedLast(record)));
    }

    public async Task<Answer<TokenHolder>> ValidateToken(string accessToken)
    {
        if (!await _store.Load()) return Answer.Refuse<TokenHolder>(_store.Away);
        var record = _store.Record;
        if (Logins.CheckToken(record, accessToken, Now) is { } refused) return Answer.Refuse<TokenHolder>(refused);
        SweepSoon();
        return Answer.Of(new TokenHolder(Id, record.TokenExpires, record.Epoch, record.UserLevel, CharacterList.PlayedLast(record))
        {
            Characters = record.Characters.Select(entry => entry.Id).ToImmutableArray(),
        });
    }

    public async Task<Answer<Done>> Logout(long epoch) =>
        (await _store.Change(record => Logins.Logout(record, epoch))).Select(_ => default(Done));

    public async Task<Answer<Done>> Ban(DateTimeOffset until)
    {
        var banned = await _store.Change(record => Answer.Of(Logins.Ban(record, until, Now)), record => record.BannedUntil == until);
        if (banned.TryGet(out _, out _)) LogBanned(_log, Id, until);
        return banned.Select(_ => default(Done));
    }

    /// <summary>A character that was never played has no record to keep a mute in: it gets the account's with its first selection.</summary>
    public async Task<Answer<Done>> Mute(DateTimeOffset until)
    {
        var noted = await _store.Change(record => Answer.Of(Logins.Mute(record, until, Now)));
        if (!noted.TryGet(out var record, out var away)) return Answer.Refuse<Done>(away);
        foreach (var entry in record.Characters.Where(entry => entry.Played is not null))
        {
            var muting = GrainFactory.GetGrain<ICharacterGrain>(entry.Id.Value).Mute(until);
            var muted = await _calls.Ask(muting, MutePatience, _store.Away, "Muting a character");
            if (!muted.TryGet(out _, out var why) && why.Code != RefusalCode.CharacterNotFound) return Answer.Refuse<Done>(why);
        }

        return Answer.Done;
    }

    public async Task<Answer<Done>> SetLevel(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, WireLimits.UserLevel);
        var set = await _store.Change(record => Answer.Of(record with { UserLevel = level }), record => record.UserLevel == level);
        return set.Select(_ => default(Done));
    }

    [LoggerMessage(1501, LogLevel.Information, "{Username} logged in to account {Account}, epoch {Epoch}")]
    private static partial void LogLogin(ILogger log, string username, AccountId account, long epoch);

    [LoggerMessage(1502, LogLevel.Information, "Account {Account} is banned until {Until}")]
    private static partial void LogBanned(ILogger log, AccountId account, DateTimeOffset until);
}
