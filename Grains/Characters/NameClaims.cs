using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Characters;

/// <summary>How a name changes hands. The grain asks the earlier holder's account in between, see <see cref="Contested"/>.</summary>
internal static class NameClaims
{
    /// <summary>How long a claim holds without being confirmed.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    /// <summary>Whether somebody else's claim has run out, so that it must be settled before the name is given or refused.</summary>
    public static bool Contested(CharacterNameRecord record, CharacterId by, DateTimeOffset now) =>
        record.Character is { } holder && holder != by && record.PendingUntil <= now;

    /// <param name="lost">The holder that is known never to come.</param>
    public static Answer<CharacterNameRecord> Claim(CharacterNameRecord record, CharacterId character, AccountId account, CharacterId? lost, DateTimeOffset now)
    {
        var mine = record.Character == character;
        if (mine && record.PendingUntil is null) return Answer.Of(record);
        if (record.Character is { } holder && !mine && holder != lost) return Answer.Refuse<CharacterNameRecord>(RefusalCode.CharacterNameExisted);
        return Answer.Of(new CharacterNameRecord { Character = character, Account = account, PendingUntil = now + Holds });
    }

    public static Answer<CharacterNameRecord> Confirm(CharacterNameRecord record, CharacterId character)
    {
        if (record.Character != character) return Answer.Refuse<CharacterNameRecord>(RefusalCode.CharacterNotFound);
        return Answer.Of(record.PendingUntil is null ? record : record with { PendingUntil = null });
    }
}
