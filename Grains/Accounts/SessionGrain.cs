using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using Orleans.Concurrency;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// One account's session, kept active by the renewals of its connection. Reentrant, because a login must not wait for a selection or an entry that hangs at a map: across every
/// await here a newer login may have taken over, so each asks the session again after it and what the newer one released is
/// refused by the character's own fence.
/// </summary>
[GrainType("mmo.session"), Reentrant]
internal sealed partial class SessionGrain(SeatTaking seats, GrainCalls calls, ILogger<SessionGrain> log) : Grain, ISessionGrain
{
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(2);

    /// <summary>More than a character takes to be called back from one map and to find a seat on another.</summary>
    private static readonly TimeSpan SelectPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ConfirmPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan EnterPatience = TimeSpan.FromSeconds(15);

    /// <summary>Entries under way; one more is answered busy. A player has one, and another for each connection that it lost meanwhile.</summary>
    private const int MostEntering = 16;

    private static readonly Refusal Overtaken = Refusal.For(RefusalCode.AccountLoggedInByOther);

    private static readonly Refusal NotReady = Refusal.For(RefusalCode.MapServerNotReady, TimeSpan.FromSeconds(1));

    private static readonly Refusal Busy = Refusal.For(RefusalCode.ServerBusy, TimeSpan.FromSeconds(1));

    private readonly Session _session = new();
    private readonly LatestEntry _entry = new();

    /// <summary>Entries that were asked for, and the latest of them whose connection was there.</summary>
    private long _arrivals, _latest;

    /// <summary>Entries that are under way.</summary>
    private int _entering;

    private AccountId Id => new(this.GetPrimaryKey());

    public async Task<Answer<Done>> Open(SessionHolder holder, CharacterId? played)
    {
        if (!(await Confirm(holder, pass: null)).TryGet(out _, out var refused)) return Answer.Refuse<Done>(refused);
        var left = _session.Open(holder, played);
        _entry.Forget();
        LogOpened(log, Id, holder.Epoch);
        var takeovers = _session.Takeovers;
        await TakeBack(left);
        return takeovers == _session.Takeovers ? Answer.Done : Answer.Refuse<Done>(Overtaken);
    }

    public async Task<Answer<Done>> Renew(SessionHolder holder, CharacterId? character, MapId? map)
    {
        if (!_session.Renew(holder, character, map).TryGet(out var left, out var refused)) return Answer.Refuse<Done>(refused);
        _entry.Age();
        await TakeBack(left);
        return Answer.Done;
    }

    public async Task<Answer<MapTicket>> Select(ConnectionId connection, long epoch, CharacterListed character, string channel, CancellationToken cancellation = default)
    {
        if (_session.Check(connection, epoch) is { } refused) return Answer.Refuse<MapTicket>(refused);
        var takeovers = _session.Takeovers;
        var seat = await seats.Take(channel, Id, cancellation);
        if (takeovers != _session.Takeovers) return Answer.Refuse<MapTicket>(Overtaken);
        if (!seat.TryGet(out var channelId, out var why)) return Answer.Refuse<MapTicket>(why);
        if (cancellation.IsCancellationRequested) return Answer.Refuse<MapTicket>(NotReady);
        if (_session.Select(connection, epoch, character.Id) is { } before) await Release(before, _session.Entered(before), Overtaken);
        var selection = new CharacterSelection(Id, character, channelId, Entered: _session.EnteredForSure(character.Id));
        var selecting = Character(character.Id).Select(selection, cancellation);
        var ticket = await calls.Ask(selecting, SelectPatience, NotReady, "Selecting a character");
        if (takeovers != _session.Takeovers) return Answer.Refuse<MapTicket>(Overtaken);
        if (ticket.TryGet(out _, out _)) _session.Selected(character.Id);
        return ticket;
    }

    public Task<Answer<Admission>> Enter(SessionHolder holder, CharacterId character, EntryPass pass, Guid entry, CancellationToken cancellation = default)
    {
        if (_entry.Find(entry) is { } same) return same;
        return _entering < MostEntering
            ? _entry.Keep(entry, EnterOnce(holder, character, pass, entry, cancellation))
            : Task.FromResult(Answer.Refuse<Admission>(Busy));
    }

    public Task Close(ConnectionId connection)
    {
        _session.Close(connection);
        return Task.CompletedTask;
    }

    public async Task<bool> Kick(Refusal why)
    {
        var left = _session.Kick(why);
        _entry.Forget();
        LogKicked(log, Id, why);
        await TakeBack(left, byOperator: true);
        return left.Holder is not null;
    }

    public Task<SessionState> GetState() =>
        Task.FromResult(new SessionState(Id, _session.Holder is not null, _session.Character, _session.Where?.ToString(), _session.Epoch)
        {
            Unknown = _session.Epoch == 0 ? "No login with this account is remembered." : null,
        });

    private async Task<Answer<Admission>> EnterOnce(SessionHolder holder, CharacterId character, EntryPass pass, Guid entry, CancellationToken cancellation)
    {
        _entering++;
        try
        {
            return await EnterInTurn(holder, character, pass, entry, cancellation);
        }
        finally
        {
            _entering--;
        }
    }

    private async Task<Answer<Admission>> EnterInTurn(SessionHolder holder, CharacterId character, EntryPass pass, Guid entry, CancellationToken cancellation)
    {
        var takeovers = _session.Takeovers;
        var turn = ++_arrivals;
        if (!(await Confirm(holder, pass)).TryGet(out _, out var refused)) return Answer.Refuse<Admission>(refused);
        if (takeovers != _session.Takeovers || turn < _latest) return Answer.Refuse<Admission>(Overtaken);
        if (cancellation.IsCancellationRequested) return Answer.Refuse<Admission>(NotReady);
        _latest = turn;
        _session.BeginEntry();
        var admitted = await calls.Ask(() => Admit(character, pass, entry, turn, cancellation), EnterPatience, NotReady, "Admitting a character", cancellation);
        if (!admitted.TryGet(out var admission, out _)) return takeovers == _session.Takeovers ? admitted : Answer.Refuse<Admission>(Overtaken);
        var late = takeovers == _session.Takeovers ? _session.Check(holder.Epoch) ?? _session.Check(admission) : Overtaken;
        if (late is not null)
        {
            await calls.Done(Character(character).Withdraw(admission.Owner, late), ReleasePatience, "Taking an admission back");
            return Answer.Refuse<Admission>(late);
        }

        var left = _session.Enter(holder, admission, pass is TicketPass);
        if (cancellation.IsCancellationRequested) _session.LetGo(holder.Connection); // If it is gone, its gateway has said so already.
        LogEntered(log, Id, character, admission.Map);
        await TakeBack(left);
        return admitted;
    }

    /// <summary>
    /// Refused: a newer login has the session, or this connection is gone: its request was held up until another had come in its place, or is about
    /// to: of two entries at once the later one would win, and the player be told that somebody else plays.
    /// </summary>
    private async Task<Answer<Done>> Confirm(SessionHolder holder, EntryPass? pass)
    {
        if (_session.Check(holder.Epoch) is { } older) return Answer.Refuse<Done>(older);
        if (!_session.IsDoubtful(holder, pass) && _entering <= 1) return Answer.Done;
        var there = await calls.Ask(holder.Gateway.Confirm(holder.Connection), ConfirmPatience, NotReady, "Asking a gateway for a connection");
        return _session.Check(holder.Epoch) is { } overtaken ? Answer.Refuse<Done>(overtaken) : there;
    }

    /// <summary>The same entry may be asked for again, but not after a later one: that one has the character by then.</summary>
    private Task<Answer<Admission>> Admit(CharacterId character, EntryPass pass, Guid entry, long turn, CancellationToken cancellation) =>
        turn == _latest ? Character(character).Admit(Id, pass, entry, cancellation) : Task.FromResult(Answer.Refuse<Admission>(Overtaken));

    private ICharacterGrain Character(CharacterId id) => GrainFactory.GetGrain<ICharacterGrain>(id.Value);

    /// <summary>Closes the connection that lost, at once, and takes its character off its map.</summary>
    /// <param name="byOperator">Takes off whoever plays, also one of whom this session never heard.</param>
    private async Task TakeBack(SessionLeft left, bool byOperator = false)
    {
        if (left.Holder is { } holder)
        {
            LogClosed(log, Id, holder.Epoch, left.Why);
            await holder.Gateway.Close(holder.Connection, left.Why); // One-way: a gateway that is gone takes no time.
        }

        if (left.Character is { } character) await Release(character, byOperator ? null : _session.Entered(character), left.Why);
    }

    private Task Release(CharacterId character, Fence? entered, Refusal why) =>
        calls.Done(Character(character).Release(entered, why), ReleasePatience, "Taking a character off its map");

    [LoggerMessage(1510, LogLevel.Debug, "Session of {Account} opened, epoch {Epoch}")]
    private static partial void LogOpened(ILogger log, AccountId account, long epoch);

    [LoggerMessage(1511, LogLevel.Debug, "Session of {Account} enters {Map} with {Character}")]
    private static partial void LogEntered(ILogger log, AccountId account, CharacterId character, MapId map);

    [LoggerMessage(1512, LogLevel.Information, "Session of {Account} closes its earlier connection of epoch {Epoch}: {Why}")]
    private static partial void LogClosed(ILogger log, AccountId account, long epoch, Refusal why);

    [LoggerMessage(1513, LogLevel.Information, "Session of {Account} is kicked: {Why}")]
    private static partial void LogKicked(ILogger log, AccountId account, Refusal why);
}
