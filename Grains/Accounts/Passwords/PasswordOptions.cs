namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>What hashing a password costs, and how much of it may wait.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// Current advice for PBKDF2-HMAC-SHA512, from the OWASP Password Storage Cheat Sheet. The library's own default is 100,000.
    /// </summary>
    public const int AdvisedIterations = 210_000;

    /// <summary>
    /// Rounds per password; 210,000 cost 0.1 to 0.2 s of one core. Fewer than <see cref="AdvisedIterations"/> are obeyed with a
    /// warning at start. A login whose stored hash has fewer rounds than this is told to hash again. Default: 210,000.
    /// </summary>
    public int Iterations { get; set; } = AdvisedIterations;

    /// <summary>Passwords hashed at once, each on a thread of its own. Default: the cores but one, at least 1.</summary>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Passwords that may wait for a worker; one more is answered busy. Default: 64.</summary>
    public int MaxWaiting { get; set; } = 64;
}
