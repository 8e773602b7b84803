using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// One character: here for its session, in CharacterGrain.Keeping for the map that plays it. It calls maps and nobody else, and
/// its calls take turns, so every change of hands is one after another.
/// </summary>
[GrainType("mmo.character")]
internal sealed partial class CharacterGrain : Grain, ICharacterGrain, ICharacterKeeping
{
    private static readonly TimeSpan MutePatience = TimeSpan.FromSeconds(2);

    /// <summary>A silo that was given up is gone by then, and what it had been sent as well. A session that is only behind is obeyed again.</summary>
    private static readonly TimeSpan LateCallsWithin = TimeSpan.FromMinutes(1);

    private readonly CharacterOptions _options;
    private readonly IMapCalls _maps;
    private readonly SeatFinding _seats;
    private readonly RecordStore<CharacterRecord> _store;
    private readonly GrainCalls _calls;
    private readonly TimeProvider _time;
    private readonly ILogger<CharacterGrain> _log;
    private readonly CharacterOwner _owner = new();
    private EntryPasses? _passes;
    private bool _deleted;

    /// <summary>False once it was called back, until it is admitted again: spares a login the wait for a map that does not answer.</summary>
    private bool _mayBeOnMap = true;

    /// <summary>Somebody was admitted, and no map has said a word of it since: perhaps another activation has the character, and the map plays it for that one.</summary>
    private bool _isUnheard;

    /// <summary>The last admission: a repeat of it is answered the same. None once the character was taken back.</summary>
    private (Guid Entry, Fence Owner, string? Token, DateTimeOffset At) _admitted;

    /// <summary>The last warp that was denied stays denied, though an earlier order for it arrives late.</summary>
    private (Guid Warp, Refusal Why)? _denied;

    /// <summary>An image whose map has forgotten it already and which the store did not take yet.</summary>
    private CharacterImage? _unsaved;

    public CharacterGrain(RecordStores stores, IMapCalls maps, SeatFinding seats, GrainCalls calls, IOptions<CharacterOptions> options, TimeProvider time, ILogger<CharacterGrain> log)
    {
        _options = options.Value;
        _maps = maps;
        _seats = seats;
        _store = stores.Of<CharacterRecord>(CharacterRecord.State, GrainContext);
        _calls = calls;
        _time = time;
        _log = log;
    }

    private CharacterId Id => new(this.GetPrimaryKey());

    private CharacterRecord Record => _store.Record;

    public async Task<Answer<MapTicket>> Select(CharacterSelection selection, CancellationToken cancellation = default)
    {
        if (!await LoadForSelection()) return Answer.Refuse<MapTicket>(_store.Away);
        if (_deleted || (_store.Exists && Record.Account != selection.Account)) return Answer.Refuse<MapTicket>(RefusalCode.CharacterNotFound);
        if (HasEnteredSince(selection.Entered)) return Answer.Refuse<MapTicket>(RefusalCode.AccountLoggedInByOther);
        var known = _store.Exists;
        if (await Raise(EntryPasses.None, known ? null : _ => New(selection)) != WriteOutcome.Written) return Answer.Refuse<MapTicket>(_store.Away);
        _admitted = default;
        if (known) await CallBack(Refusal.For(RefusalCode.AccountLoggedInByOther));
        if (!await Load()) return Answer.Refuse<MapTicket>(_store.Away);
        var found = await _seats.Find(Id, Preferred(selection.Channel), cancellation);
        if (!found.TryGet(out var seat, out var why)) return Answer.Refuse<MapTicket>(why);
        return await Go(seat.Map) ? Answer.Of(Ticket(seat.Map, seat.Address)) : Answer.Refuse<MapTicket>(_store.Away);
    }

    public async Task<Answer<Admission>> Admit(AccountId account, EntryPass pass, Guid entry, CancellationToken cancellation = default)
    {
        if (!await Load()) return Answer.Refuse<Admission>(_store.Away);
        cancellation.ThrowIfCancellationRequested(); // From here on whoever plays is fenced off.
        var isRepeat = entry != Guid.Empty && _admitted.Entry == entry && _admitted.Owner == _owner.Current;
        if (!_store.Exists || Record.Account != account || !(isRepeat || _passes!.Accepts(pass, _time.GetUtcNow())))
            return Answer.Refuse<Admission>(RefusalCode.TicketExpired);
        var token = isRepeat ? _admitted.Token! : Secret.New();
        if (!isRepeat && await Raise(_passes!.After(pass, token)) != WriteOutcome.Written) return Answer.Refuse<Admission>(_store.Away);
        (_mayBeOnMap, _isUnheard, _admitted) = (true, _isUnheard || !isRepeat, (entry, _owner.Current, token, _time.GetUtcNow()));
        LogAdmitted(_log, Id, Record.Map!.Value, _owner.Current);
        return Answer.Of(new Admission(
            Id, account, Record.Name, Record.Appearance, _owner.Current, Record.Map!.Value, Record.ToImage(Id),
            EntryPasses.Bytes(token), Record.MutedUntil ?? DateTimeOffset.MinValue, pass is ResumePass));
    }

    public async Task Release(Fence? entered, Refusal why)
    {
        if (await Load() && _store.Exists && !HasEnteredSince(entered) && !IsOfAnother(entered)) await TakeBack(why);
    }

    public async Task Withdraw(Fence admitted, Refusal why)
    {
        if (await Load() && _store.Exists && _owner.Current == admitted) await TakeBack(why);
    }

    public async Task<Answer<Done>> Delete(AccountId account)
    {
        if (!await Load()) return Answer.Refuse<Done>(_store.Away);
        if (_store.Exists && Record.Account == account)
        {
            _passes = EntryPasses.None;
            await Evict(_owner.Next(Record), Refusal.For(RefusalCode.KickedFromServer));
            if (await _store.Clear() != WriteOutcome.Written) return Answer.Refuse<Done>(_store.Away);
        }

        (_deleted, _unsaved) = (true, null);
        return Answer.Done;
    }

    public async Task<MapId?> Whereabouts() => await Load() && _store.Exists ? Record.Map : null;

    public async Task<AccountId?> OwnedBy() => await Load() && _store.Exists ? Record.Account : null;

    public async Task<Answer<Done>> Mute(DateTimeOffset until)
    {
        if (!await Load()) return Answer.Refuse<Done>(_store.Away);
        if (!_store.Exists) return Answer.Refuse<Done>(RefusalCode.CharacterNotFound);
        if (await Write(Record with { MutedUntil = until > _time.GetUtcNow() ? until : null }) != WriteOutcome.Written)
            return Answer.Refuse<Done>(_store.Away);
        await _calls.Done(_maps.Mute(Record.Map!.Value, Id, until), MutePatience, "Telling a map of a mute"); // Else with the next entry.
        return Answer.Done;
    }

    /// <summary>
    /// Another session has brought the character in since: the one that asks is of a silo that was given up, or its call was held up until then.
    /// Who plays now is not to be taken off its map for it.
    /// </summary>
    private bool HasEnteredSince(Fence? entered)
    {
        if (entered is not { } known || _admitted.Owner <= known || _time.GetUtcNow() - _admitted.At >= LateCallsWithin) return false;
        LogAskedTooLate(_log, Id, known, _admitted.Owner);
        return true;
    }

    /// <summary>
    /// This activation has admitted nobody, and what it read was written for a later owner than the session knows of: another session, of another
    /// activation. To take the character back would fence off whoever plays it there. A login loses nothing by it: it selects next.
    /// </summary>
    private bool IsOfAnother(Fence? entered)
    {
        if (_owner.Claimed || entered is not { } known || Record.Owner <= known) return false;
        LogAskedTooLate(_log, Id, known, Record.Owner);
        return true;
    }

    /// <summary>False: the store is away, or another activation has the character and this one stops.</summary>
    private async Task<bool> Load()
    {
        if (!await _store.Load()) return false;
        _passes ??= EntryPasses.Stored(Record);
        if (_owner.Sees(Record)) return _unsaved is null || await SaveCalledBack();
        DeactivateOnIdle();
        return false;
    }

    /// <summary>
    /// <see cref="Load"/>, with the store asked, when there is doubt, whether another activation has the character since. One that has claimed it hands
    /// out tickets without a word to the store, and would let nobody in for as long as the map has the character under a later owner.
    /// </summary>
    private async Task<bool> LoadForSelection() => (!_isUnheard || await _store.LoadAgain()) && await Load();

    /// <summary>
    /// The next owner: from here on whoever played the character is refused. Written when this activation has not claimed yet, or
    /// when there is something to write anyway.
    /// </summary>
    private async Task<WriteOutcome> Raise(EntryPasses passes, Func<CharacterRecord, CharacterRecord>? change = null)
    {
        var next = _owner.Next(Record);
        if (!_owner.Claimed || change is not null)
        {
            var record = change is null ? Record : change(Record);
            var outcome = await Write(record, next, passes);
            if (outcome != WriteOutcome.Written) return outcome;
        }

        _owner.Take(next);
        _passes = passes;
        return WriteOutcome.Written;
    }

    private Task<WriteOutcome> Write(CharacterRecord record) => Write(record, _owner.Claimed ? _owner.Current : record.Owner, _passes!);

    private Task<WriteOutcome> Write(CharacterRecord record, Fence owner, EntryPasses passes) =>
        _store.Write(record with { Owner = owner, Resume = passes.Resume, ResumeBefore = passes.ResumeBefore });

    private CharacterRecord New(CharacterSelection selection) => new()
    {
        Account = selection.Account,
        Name = selection.Character.Name,
        Appearance = selection.Character.Appearance,
        Map = Destinations.Resolve(_options.StartMap, selection.Channel, "", Id),
        RespawnMap = _options.StartMap,
        MutedUntil = selection.Character.MutedUntil,
    };

    /// <summary>Whoever came in before has lost the character.</summary>
    private async Task TakeBack(Refusal why)
    {
        if (await Raise(EntryPasses.None) != WriteOutcome.Written) return;
        _admitted = default;
        await CallBack(why);
    }

    /// <summary>Has the map that still plays the character give it back, and keeps what it knew. Silence costs what happened since the last save.</summary>
    private async Task CallBack(Refusal why)
    {
        if (!_mayBeOnMap || await Evict(_owner.Current, why) is not { } evicted) return;
        LogCalledBack(_log, Id, Record.Map!.Value);
        _isUnheard = false;
        _unsaved = evicted.Image;
        await SaveCalledBack();
    }

    private async Task<bool> SaveCalledBack()
    {
        var image = _unsaved!;
        if (image.Stamp > Record.Stamp && await Write(CharacterImages.Apply(Record, image)) != WriteOutcome.Written) return false;
        _unsaved = null;
        return true;
    }

    private async Task<CharacterImageOnMap?> Evict(Fence below, Refusal why)
    {
        _mayBeOnMap = false;
        var evicting = _maps.Evict(Record.Map!.Value, Id, below, why);
        return await _calls.Try(evicting, _options.EvictionDeadline, "Calling a character back from its map");
    }

    private IEnumerable<MapId> Preferred(string channel) => new[] { Record.Map!.Value.Map, Record.RespawnMap, _options.StartMap }
        .Where(map => map.Length > 0)
        .Select(map => Destinations.Resolve(map, channel, "", Id));

    /// <summary>Moves the record to the map that has a seat, if it is not there. On another map than its own the character begins at the start.</summary>
    private async Task<bool> Go(MapId map)
    {
        if (Record.Map == map) return true;
        LogMoved(_log, Id, Record.Map!.Value, map);
        return await Write(Record with { Map = map, Pose = Record.Map!.Value.Map == map.Map ? Record.Pose : null }) == WriteOutcome.Written;
    }

    private MapTicket Ticket(MapId map, MapAddress address)
    {
        var ticket = Secret.New();
        _passes = EntryPasses.For(ticket, _time.GetUtcNow() + _options.TicketLifetime);
        return new MapTicket(Id, map, EntryPasses.Bytes(ticket), address);
    }

    [LoggerMessage(1600, LogLevel.Debug, "Character {Character} is admitted to {Map} under owner {Owner}")]
    private static partial void LogAdmitted(ILogger log, CharacterId character, MapId map, Fence owner);

    [LoggerMessage(1601, LogLevel.Debug, "Character {Character} was called back from {Map}")]
    private static partial void LogCalledBack(ILogger log, CharacterId character, MapId map);

    [LoggerMessage(1604, LogLevel.Information, "Character {Character} stays: the session that wanted it knows of owner {Known}, the last one is {Owner}")]
    private static partial void LogAskedTooLate(ILogger log, CharacterId character, Fence known, Fence owner);

    [LoggerMessage(1602, LogLevel.Information, "Character {Character} goes to {To} instead of {From}")]
    private static partial void LogMoved(ILogger log, CharacterId character, MapId from, MapId to);
}
