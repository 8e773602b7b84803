using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>Passwords through PBKDF2, a few at once, a few waiting, the rest told when to come back.</summary>
public sealed partial class PasswordHashing : IPasswordHashing, IDisposable
{
    private readonly IPasswordAlgorithm _algorithm;
    private readonly HashingQueue _queue;

    public PasswordHashing(IOptions<PasswordOptions> options, TimeProvider time, ILogger<PasswordHashing> log)
        : this(new Pbkdf2(options.Value.Iterations), options.Value, time)
    {
        if (options.Value.Iterations < PasswordOptions.AdvisedIterations)
            LogWeak(log, options.Value.Iterations, PasswordOptions.AdvisedIterations);
    }

    internal PasswordHashing(IPasswordAlgorithm algorithm, PasswordOptions options, TimeProvider time)
    {
        _algorithm = algorithm;
        _queue = new HashingQueue(options.Workers, options.MaxWaiting, time);
    }

    internal int Waiting => _queue.Waiting;

    /// <inheritdoc/>
    public async Task<PasswordHashed> Hash(string password, CancellationToken cancellation = default)
    {
        var hashing = _queue.TryRun(() => _algorithm.Hash(password), cancellation, out var retryAfter);
        return hashing is null ? new PasswordHashed.Busy(retryAfter) : new PasswordHashed.Hashed(await hashing);
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
        var comparing = _queue.TryRun(compare, cancellation, out var retryAfter);
        return comparing is null ? new PasswordVerified.Busy(retryAfter) : await comparing;
    }

    /// <summary>A comparison is one hash and a look at it, so one hash costs the same.</summary>
    private PasswordVerified.Verified HashForNothing(string password)
    {
        _algorithm.Hash(password);
        return new(Right: false, RehashNeeded: false);
    }

    [LoggerMessage(1590, LogLevel.Warning, "passwordIterations is {Iterations}, below the advised {Advised}: stolen hashes would be guessed faster")]
    private static partial void LogWeak(ILogger log, int iterations, int advised);
}
