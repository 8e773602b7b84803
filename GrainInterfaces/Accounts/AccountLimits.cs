namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>What a registration may be, for who checks it: gateways first, then the grains.</summary>
public class AccountLimits
{
    /// <summary>Characters of a username, at least. Default: 2.</summary>
    public int MinUsernameLength { get; set; } = 2;

    /// <summary>Characters of a username, at most. Default: 24.</summary>
    public int MaxUsernameLength { get; set; } = 24;

    /// <summary>Characters of a password, at least. Default: 2.</summary>
    public int MinPasswordLength { get; set; } = 2;

    /// <summary>UTF-8 bytes of a password, at most: hashing must not be fed by the megabyte. Default: 256, and no more.</summary>
    public int MaxPasswordBytes { get; set; } = WireLimits.PasswordBytes;

    /// <summary>Whether an account needs an email address. Default: false.</summary>
    public bool RequireEmail { get; set; }

    /// <summary>Names that no account and no character gets, in any spelling that folds to them. Default: those that speak for the server.</summary>
    public IReadOnlyList<string> ReservedNames { get; set; } =
        ["system", "admin", "administrator", "gm", "gamemaster", "server", "moderator", "mod"];
}
