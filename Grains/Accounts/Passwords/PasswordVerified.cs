namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>What became of comparing a password.</summary>
public abstract record PasswordVerified
{
    private PasswordVerified()
    {
    }

    /// <summary>Compared. <paramref name="RehashNeeded"/>: right, but stored with fewer rounds than are wanted now.</summary>
    public sealed record Verified(bool Right, bool RehashNeeded) : PasswordVerified;

    /// <summary>Too many passwords wait; the queue will be worked off after this time.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : PasswordVerified;
}
