using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>What a username grain stores: the account that the name and a password open.</summary>
[StoredRecord(1)]
internal sealed record CredentialRecord
{
    public const string State = "credential";

    public AccountId Account { get; init; }

    /// <summary>As typed at the registration.</summary>
    public string Username { get; init; } = "";

    /// <summary>Names its own algorithm, rounds and salt.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>Empty: none was given.</summary>
    public string Email { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    /// <summary>Networks that have logged in, see <see cref="GuessLines"/>.</summary>
    public ImmutableArray<SecretHash> KnownSources { get; init; } = [];

    /// <summary>A log shows no hash.</summary>
    public override string ToString() => $"credential of {Username}";
}
