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
[GrainType("mmo.username")]
internal sealed partial class UsernameGrain : Grain, IUsernameGrain
{
    /// <summary>More than an email address waits for the name that claimed it before.</summary>
    private static readonly TimeSpan EmailPatience = TimeSpan.FromSeconds(4);

    private readonly IPasswordHashing _hashing;
    private readonly AccountRules _rules;
    private readonly GuessLines _guesses;
    private readonly RecordStore<CredentialRecord> _store;
    private readonly GrainCalls _calls;
    private readonly TimeProvider _time;
    private readonly ILogger<UsernameGrain> _log;

    public UsernameGrain(RecordStores stores, IPasswordHashing hashing, GrainCalls calls, IOptions<AccountOptions> options, TimeProvider time, ILogger<UsernameGrain> log)
    {
        _hashing = hashing;
        _rules = new AccountRules(options.Value);
        _guesses = new GuessLines(options.Value, time);
        _store = stores.Of<CredentialRecord>(CredentialRecord.State, GrainContext);
        _calls = calls;
        _time = time;
        _log = log;
    }

    public async Task<Answer<AccountId>> Register(Registration registration, CancellationToken cancellation = default)
    {
        if (_rules.Check(registration) is { } wrong) return Answer.Refuse<AccountId>(wrong);
        if (GrainKeys.Username(registration.Username) != this.GetPrimaryKeyString())
            throw new ArgumentException($"The name {registration.Username} belongs to another grain than {this.GetPrimaryKeyString()}.", nameof(registration));
        if (!(await Read()).TryGet(out var record, out var away)) return Answer.Refuse<AccountId>(away);
        if (Credentials.IsRegistered(record)) return Answer.Refuse<AccountId>(RefusalCode.UsernameExisted); // Before the work of hashing.
        return await _hashing.Hash(registration.Password, cancellation) switch
        {
            PasswordHashed.Hashed hash => await Make(New(registration, hash.Text)),
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

    public async Task<Answer<bool>> Owns(AccountId account)
    {
        var settled = await _store.Change(record => Answer.Of(Credentials.Settle(record, _time.GetUtcNow())));
        return settled.Select(record => Credentials.IsRegistered(record) && record.Account == account);
    }

    public async Task<AccountId?> Find() =>
        (await Read()).TryGet(out var record, out _) && Credentials.IsRegistered(record) ? record.Account : null;

    private CredentialRecord New(Registration registration, string hash) => new()
    {
        Account = AccountId.New(),
        Username = registration.Username,
        PasswordHash = hash,
        Email = registration.Email,
        Created = _time.GetUtcNow(),
    };

    /// <summary>The email address is claimed, then the account made (that is the write which counts), then the address confirmed.</summary>
    private async Task<Answer<AccountId>> Make(CredentialRecord credential)
    {
        var account = credential.Account;
        if (await ClaimEmail(credential) is { } taken) return Answer.Refuse<AccountId>(taken);
        var made = await _store.Change(record => Credentials.Register(record, credential, _time.GetUtcNow()), record => record.Account == account);
        if (made.TryGet(out _, out var why)) LogRegistered(_log, credential.Username, account);
        // Refused by the rules: surely not made. Refused by the store: it may be, so the claim is left to run out and be settled.
        if (credential.Email.Length > 0 && why != _store.Away)
            Observe(why is null ? Email(credential).Confirm(account) : Email(credential).Free(account), "Settling the claim of an email address");
        return made.Select(record => record.Account);
    }

    private async Task<Refusal?> ClaimEmail(CredentialRecord credential)
    {
        if (credential.Email.Length == 0) return null;
        var claim = await _calls.Ask(Email(credential).Claim(credential.Account, credential.Username), EmailPatience, _store.Away, "Claiming an email address");
        return claim.TryGet(out _, out var taken) ? null : taken;
    }

    private IEmailGrain Email(CredentialRecord credential) => GrainFactory.GetGrain<IEmailGrain>(GrainKeys.Email(credential.Email));

    /// <summary>Not waited for: the claim settles itself when this is lost. Failures are logged.</summary>
    private void Observe(Task<Answer<Done>> call, string what) => _ = _calls.Ask(call, EmailPatience, _store.Away, what);

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

    private Task<PasswordVerified> Compare(CredentialRecord credential, string password, CancellationToken cancellation) => Credentials.IsRegistered(credential)
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
