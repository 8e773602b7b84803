using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <remarks>
/// A name is claimed, then the character listed (that is the moment it exists), then the name confirmed. A crash in between
/// leaves a claim that runs out: whoever wants the name then has it settled through <see cref="Owns"/>. A creation is called off before the
/// claim or not at all: its client, back a moment later, would be told that the name is taken.
/// </remarks>
internal sealed partial class AccountGrain
{
    private static readonly TimeSpan NamePatience = TimeSpan.FromSeconds(5);

    /// <summary>More than a character grain takes to call a character off a map that does not answer.</summary>
    private static readonly TimeSpan DeletePatience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan SweepAgain = TimeSpan.FromSeconds(30);

    private IGrainTimer? _sweeping;

    public async Task<Answer<CharacterListing>> ListCharacters(long epoch) =>
        await Check(epoch) is { } refused ? Answer.Refuse<CharacterListing>(refused) : Answer.Of(_characters.List(_store.Record));

    public async Task<Answer<CharacterListed>> CreateCharacter(long epoch, string name, ReadOnlyMemory<byte> appearance, CancellationToken cancellation = default)
    {
        if ((CharacterNames.Check(name) ?? _rules.CheckReserved(name, RefusalCode.InvalidCharacterName)) is { } wrong) return Answer.Refuse<CharacterListed>(wrong);
        if (appearance.Length > _options.MaxAppearanceBytes) return Answer.Refuse<CharacterListed>(RefusalCode.InvalidCharacterData);
        if ((await Check(epoch) ?? _characters.CheckSlots(_store.Record)) is { } refused) return Answer.Refuse<CharacterListed>(refused);
        cancellation.ThrowIfCancellationRequested();
        var entry = new CharacterEntry(CharacterId.New(), name, appearance, Now, null);
        var claim = await _calls.Ask(Name(name).Claim(entry.Id, Id), NamePatience, _store.Away, "Claiming a character name");
        return claim.TryGet(out _, out var why) ? await Commit(entry, epoch) : Answer.Refuse<CharacterListed>(why);
    }

    public async Task<Answer<Done>> DeleteCharacter(long epoch, CharacterId character)
    {
        var removed = await _store.Change(
            record => CharacterList.Remove(record, character, epoch),
            record => record.Deletions.Any(deletion => deletion.Id == character));
        if (!removed.TryGet(out _, out var why)) return Answer.Refuse<Done>(why);
        LogDeleted(_log, character, Id);
        await Sweep();
        SweepSoon();
        return Answer.Done;
    }

    public async Task<Answer<CharacterListed>> PlayCharacter(long epoch, CharacterId character)
    {
        var played = await _store.Change(record => CharacterList.Play(record, character, epoch, Now));
        return played.Select(record => CharacterList.Find(record, character)!.ToListed() with { MutedUntil = record.MutedUntil });
    }

    // Interleaves: an account that waits for a name may be asked by that very name. The store lets it in between two writes only,
    // and every rule looks at the record right before its own write.
    public async Task<Answer<bool>> Owns(CharacterId character)
    {
        var settled = await _store.Change(record => Answer.Of(CharacterList.Settle(record, character, Now)));
        return settled.Select(record => CharacterList.Has(record, character));
    }

    private ICharacterNameGrain Name(string name) => GrainFactory.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName(name));

    private async Task<Refusal?> Check(long epoch)
    {
        if (!await _store.Load()) return _store.Away;
        SweepSoon();
        return Logins.CheckEpoch(_store.Record, epoch);
    }

    private async Task<Answer<CharacterListed>> Commit(CharacterEntry entry, long epoch)
    {
        var listed = await _store.Change(
            record => _characters.Add(record, entry, epoch, claimed: entry.Created, Now),
            record => CharacterList.Has(record, entry.Id));
        if (listed.TryGet(out _, out var why))
        {
            Observe(Name(entry.Name).Confirm(entry.Id), "Confirming a character name");
            LogCreated(_log, entry.Name, entry.Id, Id);
            return Answer.Of(entry.ToListed());
        }

        // Refused by the rules: surely not listed. Refused by the store: it may be, so the claim is left to run out.
        if (why != _store.Away) Observe(Name(entry.Name).Free(entry.Id), "Freeing a character name");
        return Answer.Refuse<CharacterListed>(why);
    }

    /// <summary>Not waited for: the claim settles itself when this is lost. Failures are logged.</summary>
    private void Observe(Task<Answer<Done>> call, string what) => _ = _calls.Ask(call, NamePatience, _store.Away, what);

    /// <summary>Clears what deletions have left, after a crash too. Stops when nothing is left.</summary>
    private void SweepSoon()
    {
        if (_store.Record.Deletions.IsEmpty)
        {
            _sweeping?.Dispose();
            _sweeping = null;
            return;
        }

        _sweeping ??= this.RegisterGrainTimer(Sweep, new GrainTimerCreationOptions(SweepAgain, SweepAgain));
    }

    private async Task Sweep()
    {
        if (!await _store.Load()) return;
        var cleared = new List<CharacterId>();
        foreach (var deletion in _store.Record.Deletions)
            if (await Clear(deletion)) cleared.Add(deletion.Id);
        if (cleared.Count > 0) await _store.Change(record => Answer.Of(CharacterList.Forget(record, cleared)));
    }

    private async Task<bool> Clear(CharacterDeletion deletion)
    {
        var freed = await _calls.Ask(Name(deletion.Name).Free(deletion.Id), NamePatience, _store.Away, "Freeing a character name");
        if (!freed.TryGet(out _, out _)) return false;
        var character = GrainFactory.GetGrain<ICharacterGrain>(deletion.Id.Value);
        var deleted = await _calls.Ask(character.Delete(Id), DeletePatience, _store.Away, "Deleting a character's record");
        return deleted.TryGet(out _, out _);
    }

    [LoggerMessage(1503, LogLevel.Information, "Character {Name} ({Character}) was made for account {Account}")]
    private static partial void LogCreated(ILogger log, string name, CharacterId character, AccountId account);

    [LoggerMessage(1504, LogLevel.Information, "Character {Character} of account {Account} was deleted")]
    private static partial void LogDeleted(ILogger log, CharacterId character, AccountId account);
}
