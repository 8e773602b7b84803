using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Accounts and their characters.</summary>
public sealed record AccountSettings
{
    /// <summary>Work put into a password hash (passwordIterations).</summary>
    public required int PasswordIterations { get; init; }

    /// <summary>Wrong passwords per minute and account (accountLoginFailuresPerMinute).</summary>
    public required int LoginFailuresPerMinute { get; init; }

    /// <summary>How long an access token works (tokenLifetimeHours).</summary>
    public required TimeSpan TokenLifetime { get; init; }

    /// <summary>Characters per account (maxCharacters).</summary>
    public required int MaxCharacters { get; init; }

    /// <summary>Whether registering needs an e-mail address (requireEmail).</summary>
    public required bool RequireEmail { get; init; }

    /// <summary>Names that no account and no character gets (reservedNames).</summary>
    public required ImmutableArray<string> ReservedNames { get; init; }
}
