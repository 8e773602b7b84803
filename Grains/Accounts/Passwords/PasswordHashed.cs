namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>What became of hashing a password.</summary>
public abstract record PasswordHashed
{
    private PasswordHashed()
    {
    }

    /// <summary>The text to store; it names its own algorithm, rounds and salt.</summary>
    public sealed record Hashed(string Text) : PasswordHashed
    {
        /// <summary>A log shows no hash.</summary>
        public override string ToString() => nameof(Hashed);
    }

    /// <summary>Too many passwords wait; the queue will be worked off after this time.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : PasswordHashed;
}
