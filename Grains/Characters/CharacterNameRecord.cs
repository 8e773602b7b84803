using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Characters;

/// <summary>What a character name grain stores: who holds the name.</summary>
[StoredRecord(1)]
internal sealed record CharacterNameRecord
{
    public const string State = "charactername";

    /// <summary>Null: nobody holds the name.</summary>
    public CharacterId? Character { get; init; }

    /// <summary>The account that claimed it: it knows whether the character was listed.</summary>
    public AccountId Account { get; init; }

    /// <summary>A claim that was not confirmed yet may be contested from here on; null: confirmed.</summary>
    public DateTimeOffset? PendingUntil { get; init; }
}
