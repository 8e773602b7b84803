using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// Who is logged in with one account, over which connection, with which character. The newest login wins: an epoch below the
/// highest seen is refused, everything else takes over. Knows nothing after a crash, and then believes the first who comes:
/// who proved the account to a gateway did so against the stored epoch. The others are met again when they renew.
/// </summary>
internal sealed class Session
{
    private ConnectionId? _selecting;
    private (ConnectionId Connection, Refusal Why)? _parted;
    private bool _remembers;

    /// <summary>An admission was asked for and its answer has not come.</summary>
    private bool _mayHaveEntered;

    /// <summary>The latest entry. Owners count for each character alone: another character's say nothing about this one's.</summary>
    private (CharacterId Character, Fence Owner)? _entered;

    private static Refusal Overtaken => Refusal.For(RefusalCode.AccountLoggedInByOther);

    public SessionHolder? Holder { get; private set; }

    public long Epoch { get; private set; }

    /// <summary>Grows whenever somebody else takes the session: who finds it changed across an await has lost it.</summary>
    public int Takeovers { get; private set; }

    /// <summary>The character selected or played last; it may still be on its map after its connection is gone.</summary>
    public CharacterId? Character { get; private set; }

    /// <summary>Null: at Central.</summary>
    public MapId? Where { get; private set; }

    /// <summary>Null: this epoch may go on.</summary>
    public Refusal? Check(long epoch) => epoch < Epoch ? Overtaken : null;

    /// <summary>Null: this connection may select. A session that lost its memory takes any connection.</summary>
    public Refusal? Check(ConnectionId connection, long epoch) =>
        Check(epoch) ?? (Holder is null || Holder.Connection == connection ? null : Overtaken);

    /// <summary>
    /// Whether this may be a request that was held up until its client had come by another connection. Its gateway has to say then whether it is
    /// still there. Not for a ticket of the connection that selected, and not for a newer login: these are in order by themselves.
    /// </summary>
    /// <param name="holder">Who asks.</param>
    /// <param name="pass">What it enters with; null: it logs in.</param>
    public bool IsDoubtful(SessionHolder holder, EntryPass? pass) => pass switch
    {
        ResumePass => Holder?.Connection != holder.Connection, // Without a holder too: it may have been lost with the session's memory.
        TicketPass => Holder?.Connection != _selecting && IsHeldByAnother(holder),
        _ => IsHeldByAnother(holder),
    };

    /// <summary>A login takes over. Answers what is left of the one before.</summary>
    /// <param name="played">The character that the account selected last: taken back when this session cannot know which was played.</param>
    public SessionLeft Open(SessionHolder holder, CharacterId? played)
    {
        var character = Character ?? (_remembers ? null : played);
        var left = Part(new SessionLeft(Other(holder), Overtaken, character));
        (Holder, Epoch, _selecting, Character, Where, _remembers) = (holder, holder.Epoch, null, null, null, true);
        Takeovers++;
        return left;
    }

    /// <summary>
    /// A connection is still there. It is the session's if nobody is, or only one of an older login that was met first; refused is
    /// who has lost to another, with what that one was told.
    /// </summary>
    public Answer<SessionLeft> Renew(SessionHolder holder, CharacterId? character, MapId? map)
    {
        if (Holder?.Connection == holder.Connection) return Answer.Of(new SessionLeft(null, Overtaken, null));
        if (_parted is { } parted && parted.Connection == holder.Connection) return Answer.Refuse<SessionLeft>(parted.Why);
        if (holder.Epoch < Epoch || (Holder is not null && holder.Epoch == Epoch)) return Answer.Refuse<SessionLeft>(Overtaken);
        var left = Part(new SessionLeft(Other(holder), Overtaken, Character == character ? null : Character));
        (Holder, Epoch) = (holder, holder.Epoch);
        if (character is not null) (Character, Where, _remembers) = (character, map, true);
        return Answer.Of(left);
    }

    /// <summary>A character is being selected: from here on a newer login takes it back. Answers another one that was played before.</summary>
    public CharacterId? Select(ConnectionId connection, long epoch, CharacterId character)
    {
        var before = Character == character ? null : Character;
        (Epoch, _selecting, Character, Where) = (epoch, connection, character, null);
        return before;
    }

    /// <summary>
    /// The owner under which a character was admitted last, as far as this session knows; null: it knows of none. A later
    /// admission was made by another session of this account, while this one was on a silo that had been given up.
    /// </summary>
    public Fence? Entered(CharacterId character) => _entered is var (entered, owner) && entered == character ? owner : null;

    /// <summary>The same for one who may not be wrong: null as well while an admission may be of this session although it was never told.</summary>
    public Fence? EnteredForSure(CharacterId character) => _mayHaveEntered ? null : Entered(character);

    /// <summary>A character has been selected for this session: nobody has come in with it since, as far as it knows.</summary>
    public void Selected(CharacterId character) => _entered = (character, Fence.None);

    /// <summary>An admission is asked for: until <see cref="Enter"/> nobody knows.</summary>
    public void BeginEntry() => _mayHaveEntered = true;

    /// <summary>Null: the admission is the latest of its character. Of two entries at once the later admitted one stays.</summary>
    public Refusal? Check(Admission admission) =>
        _entered is var (character, owner) && character == admission.Character && admission.Owner < owner ? Overtaken : null;

    /// <summary>
    /// A connection was admitted to a map and is the session's from here on. The one before has nothing to hear when it asked for
    /// the ticket itself, by selecting or warping: its client leaves it by itself. Any other has lost to a newer one.
    /// </summary>
    public SessionLeft Enter(SessionHolder holder, Admission admission, bool byTicket)
    {
        var before = Other(holder);
        var same = Character == admission.Character;
        var warped = byTicket && same && Where is not null && Where != admission.Map;
        var why = Refusal.For(warped || before?.Connection == _selecting ? RefusalCode.None : RefusalCode.AccountLoggedInByOther);
        var left = Part(new SessionLeft(before, why, same ? null : Character));
        (Holder, Epoch, _selecting, _mayHaveEntered) = (holder, holder.Epoch, null, false);
        (Character, Where, _remembers) = (admission.Character, admission.Map, true);
        _entered = (admission.Character, admission.Owner);
        return left;
    }

    /// <summary>False: it is not the session's connection, nothing changes.</summary>
    public bool Close(ConnectionId connection)
    {
        if (Holder?.Connection != connection) return false;
        Part(new SessionLeft(Holder, Refusal.For(RefusalCode.None), null));
        (Holder, Where) = (null, null);
        return true;
    }

    /// <summary>The connection is perhaps gone, or only tired of waiting: it has the session again if it renews before another comes.</summary>
    public void LetGo(ConnectionId connection)
    {
        if (Holder?.Connection == connection) (Holder, Where) = (null, null);
    }

    /// <summary>Empties the session for an operator.</summary>
    public SessionLeft Kick(Refusal why)
    {
        var left = Part(new SessionLeft(Holder, why, Character));
        (Holder, _selecting, Character, Where) = (null, null, null, null);
        Takeovers++;
        return left;
    }

    /// <summary>Remembers why the last connection went, for a renewal of it that is still on the way.</summary>
    private SessionLeft Part(SessionLeft left)
    {
        if (left.Holder is { } holder) _parted = (holder.Connection, left.Why);
        return left;
    }

    private bool IsHeldByAnother(SessionHolder holder) => Other(holder) is { } held && held.Epoch == holder.Epoch;

    private SessionHolder? Other(SessionHolder holder) => Holder?.Connection == holder.Connection ? null : Holder;
}

/// <summary>What a takeover leaves to be done.</summary>
/// <param name="Holder">Its connection is to be closed; null: none.</param>
/// <param name="Character">To be taken off its map; null: none.</param>
internal sealed record SessionLeft(SessionHolder? Holder, Refusal Why, CharacterId? Character);
