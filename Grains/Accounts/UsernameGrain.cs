using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// One username. Registrations take turns; guesses interleave and take turns in their lines. The hashing that they await is done
/// on other threads.
/// </summary>
[GrainType("username")]
internal sealed partial class UsernameGrain : Grain, IUsernameGrain
{
    private readonly IPasswordHashing _hashing;
    private readonly AccountRules _rules;
    private readonly GuessLines _guesses;
    private readonly RecordStore<CredentialRecord> _store;
    private readonly TimeProvider _time;
    private readonly ILogger<UsernameGrain> _log;

    public UsernameGrain(IGrainContext context, RecordStores stores, IPasswordHashing hashing, IOptions<AccountOptions> options, TimeProvider time, ILogger<UsernameGrain> log)
    {
        _hashing = hashing;
        _rules = new AccountRules(options.Value);
        _guesses = new GuessLines(options.Value, time);
        _store = stores.Of<CredentialRecord>(CredentialRecord.State, context);
        _time = time;
        _log = log;
    }

    public async Task<Answer<AccountId>> Register(Registration registration, CancellationToken cancellation = default)
    {
        if (_rules.Check(registration) is { } wrong) return Answer.Refuse<AccountId>(wrong);
        if (GrainKeys.Username(registration.Username) != this.GetPrimaryKeyString())
            throw new ArgumentException($"The name {registration.Username} belongs to another grain than {this.GetPrimaryKeyString()}.", nameof(registration));
        if (!await _store.Load()) return Answer.Refuse<AccountId>(_store.Away);
        if (_store.Exists) return Answer.Refuse<AccountId>(RefusalCode.UsernameExisted); // Before the work of hashing.
        return await _hashing.Hash(registration.Password, cancellation) switch
        {
            PasswordHashed.Hashed hash => await Store(registration, hash.Text),
            PasswordHashed.Busy busy => Answer.Refuse<AccountId>(RefusalCode.ServerBusy, busy.RetryAfter),
            var other => throw new InvalidOperationException($"No case for {other}."),
        };
    }

    public async Task<Answer<AccountId>> CheckPassword(string password, string source, CancellationToken cancellation = default)
    {
        if (!(await Read()).TryGet(out var credential, out var away)) return Answer.Refuse<AccountId>(away);
        var line = _guesses.LineOf(source, credential);
        var guess = await line.Take(() => Guess(line, password, cancellation));
        if (!guess.TryGet(out var right, out var why)) return Answer.Refuse<AccountId>(why);
        await Note(password, source, right.RehashNeeded);
        return Answer.Of(right.Account);
    }

    public async Task<AccountId?> Find() => await _store.Load() && _store.Exists ? _store.Record.Account : null;

    private async Task<Answer<AccountId>> Store(Registration registration, string hash)
    {
        var credential = new CredentialRecord
        {
            Account = AccountId.New(),
            Username = registration.Username,
            PasswordHash = hash,
            Email = registration.Email,
            Created = _time.GetUtcNow(),
        };
        var stored = await _store.Change(
            record => record.PasswordHash.Length == 0 ? Answer.Of(credential) : Answer.Refuse<CredentialRecord>(RefusalCode.UsernameExisted),
            record => record.Account == credential.Account);
        if (stored.TryGet(out _, out _)) LogRegistered(_log, registration.Username, credential.Account);
        return stored.Select(record => record.Account);
    }

    /// <summary>Waited in its line meanwhile, so the record is asked for again.</summary>
    private async Task<Answer<RightPassword>> Guess(GuessLine line, string password, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!(await Read()).TryGet(out var credential, out var away)) return Answer.Refuse<RightPassword>(away);
        if (!_rules.CouldBePassword(password)) return Wrong(line);
        return await Compare(credential, password, cancellation) switch
        {
            PasswordVerified.Verified { Right: false } => Wrong(line),
            PasswordVerified.Verified right => Answer.Of(new RightPassword(credential.Account, right.RehashNeeded)),
            PasswordVerified.Busy busy => Answer.Refuse<RightPassword>(RefusalCode.ServerBusy, busy.RetryAfter),
            var other => throw new InvalidOperationException($"No case for {other}."),
        };
    }

    /// <summary>The record between two writes: other calls interleave and may write.</summary>
    private Task<Answer<CredentialRecord>> Read() => _store.Change(Answer.Of);

    private Task<PasswordVerified> Compare(CredentialRecord credential, string password, CancellationToken cancellation) => credential.PasswordHash.Length > 0
        ? _hashing.Verify(password, credential.PasswordHash, cancellation)
        : _hashing.VerifyNothing(password, cancellation);

    private static Answer<RightPassword> Wrong(GuessLine line)
    {
        line.Failed();
        return Answer.Refuse<RightPassword>(RefusalCode.InvalidUsernameOrPassword);
    }

    /// <summary>
    /// Remembers the network, and stores the password, which is at hand now, with the rounds that are wanted. When that fails, the
    /// next login tries.
    /// </summary>
    private async Task Note(string password, string source, bool rehash)
    {
        var hash = rehash ? await _hashing.Hash(password) as PasswordHashed.Hashed : null;
        await _store.Change(record => Answer.Of(GuessLines.Known(hash is null ? record : record with { PasswordHash = hash.Text }, source)));
    }

    [LoggerMessage(1500, LogLevel.Information, "Account {Account} was registered as {Username}")]
    private static partial void LogRegistered(ILogger log, string username, AccountId account);

    private sealed record RightPassword(AccountId Account, bool RehashNeeded);
}
