using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>What an account grain stores. Made at the first login; without it the account is empty.</summary>
[StoredRecord(1)]
internal sealed record AccountRecord
{
    public const string State = "account";

    /// <summary>As typed at the registration.</summary>
    public string Username { get; init; } = "";

    /// <summary>How often this account has logged in; the epoch of its newest login.</summary>
    public long Epoch { get; init; }

    /// <summary>Of the access token; null: none is good.</summary>
    public SecretHash? Token { get; init; }

    public DateTimeOffset TokenExpires { get; init; }

    public ImmutableArray<CharacterEntry> Characters { get; init; } = [];

    /// <summary>Characters that were never made and never will be: their names went to somebody else.</summary>
    public ImmutableArray<CharacterTombstone> Tombstones { get; init; } = [];

    /// <summary>Deleted characters whose name or record is still there.</summary>
    public ImmutableArray<CharacterDeletion> Deletions { get; init; } = [];

    /// <summary>Null: not banned.</summary>
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>By an operator, for every character; null: not muted.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Set by operators, 0 to 255; what a level may do is the game's.</summary>
    public int UserLevel { get; init; }

    /// <summary>A log shows no hash and no characters.</summary>
    public override string ToString() => $"account of {Username}";
}

/// <param name="Played">When it was last selected, see <see cref="CharacterList.Play"/>; null: never.</param>
internal sealed record CharacterEntry(CharacterId Id, string Name, ReadOnlyMemory<byte> Appearance, DateTimeOffset Created, DateTimeOffset? Played)
{
    public CharacterListed ToListed() => new(Id, Name, Appearance, Created, Played);
}

/// <param name="At">When its name was given away.</param>
internal sealed record CharacterTombstone(CharacterId Id, DateTimeOffset At);

/// <param name="Name">To be freed.</param>
internal sealed record CharacterDeletion(CharacterId Id, string Name);
