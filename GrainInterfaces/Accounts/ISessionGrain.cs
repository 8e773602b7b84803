using System.Text.Json.Serialization;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>
/// Who is logged in with one account, over which connection and with which character; the newest login wins. Soft state: where
/// a character truly is, its own grain says. Key: the account id.
/// </summary>
[Alias("mmo.ISessionGrain")]
public interface ISessionGrain : IGrainWithGuidKey
{
    /// <summary>
    /// A connection proved the account (password or token). The connection before it is closed with
    /// ACCOUNT_LOGGED_IN_BY_OTHER, its character saved and taken off its map, in 2 s at most. Refused: ACCOUNT_LOGGED_IN_BY_OTHER
    /// for an older epoch or a connection that is gone; MAP_SERVER_NOT_READY when its gateway does not say which, in 2 s.
    /// </summary>
    /// <param name="played">
    /// The character that the account selected last: taken off its map when the session has lost its memory (its silo died) and
    /// cannot know who plays.
    /// </param>
    [Alias("Open")]
    Task<Answer<Done>> Open(SessionHolder holder, CharacterId? played);

    /// <summary>
    /// A connection that was granted the session says that it is still there: a session that has lost its memory learns it anew.
    /// Refused, and then to be closed by its gateway: ACCOUNT_LOGGED_IN_BY_OTHER; NONE for one whose client has come by another
    /// connection.
    /// </summary>
    /// <param name="character">Which it plays; null: at Central.</param>
    [Alias("Renew")]
    Task<Answer<Done>> Renew(SessionHolder holder, CharacterId? character, MapId? map);

    /// <summary>
    /// Makes ready to enter the character's map. Refused: ACCOUNT_LOGGED_IN_BY_OTHER, CHARACTER_NOT_FOUND, INVALID_CHANNEL_ID,
    /// CHANNEL_IS_FULL, MAP_IS_FULL, MAP_SERVER_NOT_READY, RETRY_LATER (Central is young: ask again). Who cancels is waited for no longer: a map
    /// that starts, or a busy Central, holds up nobody for a client that is gone.
    /// </summary>
    [Alias("Select"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<MapTicket>> Select(ConnectionId connection, long epoch, CharacterListed character, string channel, CancellationToken cancellation = default);

    /// <summary>
    /// A connection that proved the account enters a map with a ticket or resumes with a resume token; it becomes the session's.
    /// Refused: ACCOUNT_LOGGED_IN_BY_OTHER, TICKET_EXPIRED, SERVER_BUSY (with a time: too many are under way). Who cancels is waited for no longer:
    /// an entry that its character has not begun is none, and what let it in is as good as before.
    /// </summary>
    /// <param name="holder">The connection.</param>
    /// <param name="character">Of the account.</param>
    /// <param name="pass">What lets it in.</param>
    /// <param name="entry">The same in every repeat of the call, which is then one entry; empty: it is not repeated.</param>
    /// <param name="cancellation">The client has gone.</param>
    [Alias("Enter"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<Admission>> Enter(SessionHolder holder, CharacterId character, EntryPass pass, Guid entry = default, CancellationToken cancellation = default);

    /// <summary>The connection is gone, or left its map for the character list. Ignored unless it is the session's.</summary>
    [Alias("Close")]
    Task Close(ConnectionId connection);

    /// <summary>Closes the session's connection and takes its character off the map, for an operator.</summary>
    [Alias("Kick")]
    Task<bool> Kick(Refusal why);

    /// <summary>Account, where, epoch. For the dashboard.</summary>
    [Alias("GetState")]
    Task<SessionState> GetState();
}

/// <summary>A connection that proved an account.</summary>
/// <param name="Gateway">Says whether the connection is still there, and closes it when a newer one takes over. A lost close is healed by the next renewal.</param>
[GenerateSerializer, Immutable, Alias("mmo.SessionHolder")]
public sealed record SessionHolder(
    [property: Id(0)] ConnectionId Connection,
    [property: Id(1)] long Epoch,
    [property: Id(2)] IGatewayObserver Gateway);

/// <summary>What lets a connection enter a map: <see cref="TicketPass"/> or <see cref="ResumePass"/>.</summary>
[GenerateSerializer, Immutable, Alias("mmo.EntryPass")]
public abstract record EntryPass;

/// <summary>The ticket of a select or a warp.</summary>
[GenerateSerializer, Immutable, Alias("mmo.TicketPass")]
public sealed record TicketPass([property: Id(0)] ReadOnlyMemory<byte> Ticket) : EntryPass;

/// <summary>The resume token of an earlier entry.</summary>
[GenerateSerializer, Immutable, Alias("mmo.ResumePass")]
public sealed record ResumePass([property: Id(0)] ReadOnlyMemory<byte> Token) : EntryPass;

/// <param name="Where">The map of the active character as the session last heard; null: at Central.</param>
[GenerateSerializer, Immutable, Alias("mmo.SessionState")]
public sealed record SessionState(
    [property: Id(0)] AccountId Account,
    [property: Id(1)] bool Connected,
    [property: Id(2)] CharacterId? Character,
    [property: Id(3)] string? Where,
    [property: Id(4)] long Epoch)
{
    /// <summary>Why nothing is known under this id; null: it is known.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unknown { get; init; }
}
