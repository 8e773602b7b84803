using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Characters;

/// <summary>One character name. Its calls take turns, so two claims never look at one record.</summary>
[GrainType("mmo.character-name")]
internal sealed class CharacterNameGrain(IGrainContext context, RecordStores stores, GrainCalls calls, TimeProvider time) : Grain, ICharacterNameGrain
{
    /// <summary>Less than an account waits for the answer to its claim.</summary>
    private static readonly TimeSpan AccountPatience = TimeSpan.FromSeconds(2);

    private readonly RecordStore<CharacterNameRecord> _store = stores.Of<CharacterNameRecord>(CharacterNameRecord.State, context);

    public async Task<Answer<Done>> Claim(CharacterId character, AccountId account)
    {
        if (!await _store.Load()) return Answer.Refuse<Done>(_store.Away);
        CharacterId? lost = null;
        if (NameClaims.Contested(_store.Record, character, time.GetUtcNow()))
        {
            var holder = _store.Record;
            if (!(await Owned(holder)).TryGet(out var owned, out var why)) return Answer.Refuse<Done>(why);
            if (owned) await Confirm(holder.Character!.Value);
            else lost = holder.Character;
        }

        var claimed = await _store.Change(
            record => NameClaims.Claim(record, character, account, lost, time.GetUtcNow()),
            record => record.Character == character);
        return claimed.Select(_ => default(Done));
    }

    public async Task<Answer<Done>> Confirm(CharacterId character)
    {
        var confirmed = await _store.Change(record => NameClaims.Confirm(record, character), record => record is { PendingUntil: null } && record.Character == character);
        return confirmed.Select(_ => default(Done));
    }

    public async Task<Answer<Done>> Free(CharacterId character)
    {
        if (!await _store.Load()) return Answer.Refuse<Done>(_store.Away);
        if (_store.Record.Character != character) return Answer.Done;
        return await _store.Clear() == WriteOutcome.Written ? Answer.Done : Answer.Refuse<Done>(_store.Away);
    }

    // A store that is away looks like a name that nobody has: the whisper that asks is answered "not online".
    public async Task<CharacterId?> Find() => await _store.Load() ? _store.Record.Character : null;

    private Task<Answer<bool>> Owned(CharacterNameRecord holder) => calls.Ask(
        GrainFactory.GetGrain<IAccountGrain>(holder.Account.Value).Owns(holder.Character!.Value),
        AccountPatience, _store.Away, "Asking an account for the character that claimed a name");
}
