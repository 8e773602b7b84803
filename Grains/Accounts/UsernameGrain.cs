using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// One username. Its calls take turns, so that the limit of failures holds however many guesses come at once; the hashing that
/// they await is done on other threads.
/// </summary>
[GrainType("username")]
internal sealed partial class UsernameGrain : Grain, IUsernameGrain
{
    private readonly IPasswordHashing _hashing;
    private readonly AccountRules _rules;
    private readonly FailureLimit _failures;
    private readonly RecordStore<CredentialRecord> _store;
    private readonly TimeProvider _time;
    private readonly ILogger<UsernameGrain> _log;

    public UsernameGrain(IGrainContext context, RecordStores stores, IPasswordHashing hashing, IOptions<AccountOptions> options, TimeProvider time, ILogger<UsernameGrain> log)
    {
        _hashing = hashing;
        _rules = new AccountRules(options.Value);
        _failures = new FailureLimit(options.Value.MaxFailures, options.Value.FailureWindow);
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

    public async Task<Answer<AccountId>> CheckPassword(string password, CancellationToken cancellation = default)
    {
        if (_failures.Wait(_time.GetUtcNow()) is { } wait) return Answer.Refuse<AccountId>(RefusalCode.RateLimited, wait);
        if (!await _store.Load()) return Answer.Refuse<AccountId>(_store.Away);
        if (!_rules.CouldBePassword(password)) return Wrong();
        return await Compare(password, cancellation) switch
        {
            PasswordVerified.Verified { Right: false } => Wrong(),
            PasswordVerified.Verified right => await Right(password, right.RehashNeeded),
            PasswordVerified.Busy busy => Answer.Refuse<AccountId>(RefusalCode.ServerBusy, busy.RetryAfter),
            var other => throw new InvalidOperationException($"No case for {other}."),
        };
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

    private Task<PasswordVerified> Compare(string password, CancellationToken cancellation) => _store.Exists
        ? _hashing.Verify(password, _store.Record.PasswordHash, cancellation)
        : _hashing.VerifyNothing(password, cancellation);

    private Answer<AccountId> Wrong()
    {
        _failures.Failed(_time.GetUtcNow());
        return Answer.Refuse<AccountId>(RefusalCode.InvalidUsernameOrPassword);
    }

    /// <summary>The password is at hand now, so this is the moment to store it with the rounds that are wanted. When that fails, the next login tries.</summary>
    private async Task<Answer<AccountId>> Right(string password, bool rehash)
    {
        var account = _store.Record.Account;
        if (rehash && await _hashing.Hash(password) is PasswordHashed.Hashed hash)
            await _store.Change(record => Answer.Of(record with { PasswordHash = hash.Text }));
        return Answer.Of(account);
    }

    [LoggerMessage(1500, LogLevel.Information, "Account {Account} was registered as {Username}")]
    private static partial void LogRegistered(ILogger log, string username, AccountId account);
}
