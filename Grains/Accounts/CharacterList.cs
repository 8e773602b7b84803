using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// The characters of an account. A character comes to be when it is listed here, and is gone when it is listed no more; its
/// name and its record follow.
/// </summary>
internal sealed class CharacterList(AccountOptions options)
{
    /// <summary>
    /// A character is listed within this time after its name was claimed or not at all: the claim itself holds for 30 s, and
    /// who takes over the name after that must find the question settled, also with clocks some seconds apart.
    /// </summary>
    public static readonly TimeSpan CommitWithin = TimeSpan.FromSeconds(10);

    /// <summary>Deletions that wait for their name or record. One more is refused: the store is in no state for it.</summary>
    public const int MaxDeletions = 32;

    private static readonly TimeSpan PlayedAgain = TimeSpan.FromDays(1);

    /// <summary>Tombstones kept; the oldest goes first. They matter for <see cref="CommitWithin"/> only, this is much longer.</summary>
    private const int MaxTombstones = 64;

    /// <summary>Null when the account has a free slot.</summary>
    public Refusal? CheckSlots(AccountRecord record) =>
        record.Characters.Length < options.CharacterSlots ? null : Refusal.For(RefusalCode.CharacterSlotsFull);

    /// <param name="claimed">When its name was claimed.</param>
    public Answer<AccountRecord> Add(AccountRecord record, CharacterEntry entry, long epoch, DateTimeOffset claimed, DateTimeOffset now)
    {
        if ((Logins.CheckEpoch(record, epoch) ?? CheckSlots(record)) is { } refused) return Answer.Refuse<AccountRecord>(refused);
        if (now > claimed + CommitWithin || record.Tombstones.Any(tombstone => tombstone.Id == entry.Id))
            return Answer.Refuse<AccountRecord>(RefusalCode.ServiceNotAvailable, TimeSpan.Zero);
        return Answer.Of(record with { Characters = record.Characters.Add(entry) });
    }

    /// <summary>Whether it is listed.</summary>
    public static bool Has(AccountRecord record, CharacterId id) => Find(record, id) is not null;

    /// <summary>Off the list; its name and record wait to be cleared.</summary>
    public static Answer<AccountRecord> Remove(AccountRecord record, CharacterId id, long epoch)
    {
        if (Logins.CheckEpoch(record, epoch) is { } refused) return Answer.Refuse<AccountRecord>(refused);
        if (Find(record, id) is not { } entry) return Answer.Refuse<AccountRecord>(RefusalCode.CharacterNotFound);
        if (record.Deletions.Length >= MaxDeletions) return Answer.Refuse<AccountRecord>(RefusalCode.ServiceNotAvailable);
        return Answer.Of(record with
        {
            Characters = record.Characters.Remove(entry),
            Deletions = record.Deletions.Add(new CharacterDeletion(id, entry.Name)),
        });
    }

    /// <summary>Name and record are cleared.</summary>
    public static AccountRecord Forget(AccountRecord record, IReadOnlyCollection<CharacterId> cleared) =>
        record with { Deletions = [.. record.Deletions.Where(deletion => !cleared.Contains(deletion.Id))] };

    /// <summary>
    /// Who selects the same character again within a day costs no write, so that everybody who was thrown out by a restart comes
    /// back without one: that it was the last one is known, and that is what the list's order and a session without memory go by.
    /// </summary>
    public static Answer<AccountRecord> Play(AccountRecord record, CharacterId id, long epoch, DateTimeOffset now)
    {
        if (Logins.CheckEpoch(record, epoch) is { } refused) return Answer.Refuse<AccountRecord>(refused);
        if (Find(record, id) is { } last && PlayedLast(record) == id && now - last.Played is { } since && since >= TimeSpan.Zero && since < PlayedAgain)
            return Answer.Of(record);
        return Find(record, id) is { } entry
            ? Answer.Of(record with { Characters = record.Characters.Replace(entry, entry with { Played = now }) })
            : Answer.Refuse<AccountRecord>(RefusalCode.CharacterNotFound);
    }

    /// <summary>A character that is not listed now never will be.</summary>
    public static AccountRecord Settle(AccountRecord record, CharacterId id, DateTimeOffset now)
    {
        if (Has(record, id) || record.Tombstones.Any(tombstone => tombstone.Id == id)) return record;
        var kept = record.Tombstones.Length < MaxTombstones ? record.Tombstones : record.Tombstones.RemoveAt(0);
        return record with { Tombstones = kept.Add(new CharacterTombstone(id, now)) };
    }

    public CharacterListing List(AccountRecord record) =>
        new([.. record.Characters.OrderByDescending(entry => entry.Played ?? DateTimeOffset.MinValue).ThenByDescending(entry => entry.Created).Select(entry => entry.ToListed())], options.CharacterSlots);

    /// <summary>Null: none was ever selected.</summary>
    public static CharacterId? PlayedLast(AccountRecord record) =>
        record.Characters.Where(entry => entry.Played is not null).MaxBy(entry => entry.Played)?.Id;

    public static CharacterEntry? Find(AccountRecord record, CharacterId id) => record.Characters.FirstOrDefault(entry => entry.Id == id);
}
