namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>What hashing a password costs, and how much of it may wait.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// Rounds per password; 210,000 is current advice for PBKDF2-HMAC-SHA512 (OWASP Password Storage Cheat Sheet) and costs 0.1 to
    /// 0.2 s of one core. A login whose stored hash has fewer rounds than this is told to hash again. Default: 210,000.
    /// </summary>
    public int Iterations { get; set; } = 210_000;

    /// <summary>Passwords hashed at once, each on a thread of its own. Default: the cores but one, at least 1.</summary>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Passwords that may wait for a worker; one more is answered busy. Default: 64.</summary>
    public int MaxWaiting { get; set; } = 64;

    /// <summary>
    /// How long a password may have to wait, judged by what hashes have taken lately; one that would wait longer is answered busy
    /// at once. Well below what callers wait (<see cref="GrainInterfaces.Patience.ManySteps"/>), because logins of one name wait
    /// for each other besides. One that has waited twice as long after all is not hashed any more. Default: 3 s.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(3);
}
