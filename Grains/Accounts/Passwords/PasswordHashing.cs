using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>Passwords through PBKDF2, a few at once, a few waiting, the rest told when to come back. Comparing goes before hashing: a flood of registrations keeps nobody from logging in.</summary>
public sealed class PasswordHashing : IPasswordHashing, IDisposable
{
    private readonly IPasswordAlgorithm _algorithm;
    private readonly HashingQueue _queue;

    /// <summary>Its queue can be seen on the meter <c>MmoOrleans.Accounts</c>.</summary>
    public PasswordHashing(IOptions<PasswordOptions> options, TimeProvider time, IMeterFactory meters) : this(new Pbkdf2(options.Value.Iterations), options.Value, time) =>
        meters.Create("MmoOrleans.Accounts").CreateObservableGauge("mmo.accounts.passwords.waiting", () => Waiting, "{password}", "Passwords that wait to be hashed or compared");

    internal PasswordHashing(IPasswordAlgorithm algorithm, PasswordOptions options, TimeProvider time)
    {
        _algorithm = algorithm;
        _queue = new HashingQueue(options.Workers, options.MaxWaiting, options.MaxWait, time);
    }

    internal int Waiting => _queue.Waiting;

    /// <summary>Nothing waits, nothing is at work.</summary>
    internal bool IsIdle => _queue.IsIdle;

    /// <inheritdoc/>
    public async Task<PasswordHashed> Hash(string password, CancellationToken cancellation = default)
    {
        var hash = await _queue.Run(() => _algorithm.Hash(password), urgent: false, cancellation);
        return hash is null ? new PasswordHashed.Busy(_queue.Backlog) : new PasswordHashed.Hashed(hash);
    }

    /// <inheritdoc/>
    public Task<PasswordVerified> Verify(string password, string hash, CancellationToken cancellation = default) =>
        Compare(() => _algorithm.Verify(password, hash), cancellation);

    /// <inheritdoc/>
    public Task<PasswordVerified> VerifyNothing(string password, CancellationToken cancellation = default) =>
        Compare(() => HashForNothing(password), cancellation);

    /// <summary>Ends the threads; what still waits is cancelled.</summary>
    public void Dispose() => _queue.Dispose();

    private async Task<PasswordVerified> Compare(Func<PasswordVerified.Verified> compare, CancellationToken cancellation)
    {
        var compared = await _queue.Run(compare, urgent: true, cancellation);
        return compared is null ? new PasswordVerified.Busy(_queue.Backlog) : compared;
    }

    /// <summary>A comparison is one hash and a look at it, so one hash costs the same.</summary>
    private PasswordVerified.Verified HashForNothing(string password)
    {
        _algorithm.Hash(password);
        return new(Right: false, RehashNeeded: false);
    }
}
