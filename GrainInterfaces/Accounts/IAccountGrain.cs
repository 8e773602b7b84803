using System.Collections.Immutable;

namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>
/// One account for its player: the access token, the list of characters, the ban. Durable. An account that has never logged
/// in has no record. Key: the account id.
/// </summary>
[Alias("mmo.IAccountGrain")]
public interface IAccountGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Starts a new login after the password was checked: a new token and the next epoch, in one write. Refused: USER_BANNED,
    /// SERVICE_NOT_AVAILABLE. Who cancels before that write has logged in nobody, and the token before it stays good.
    /// </summary>
    [Alias("Login")]
    Task<Answer<AccountLogin>> Login(string username, CancellationToken cancellation = default);

    /// <summary>Checks a token without writing. Refused: INVALID_USER_TOKEN, USER_BANNED.</summary>
    [Alias("ValidateToken")]
    Task<Answer<TokenHolder>> ValidateToken(string accessToken);

    /// <summary>Voids the token if it is still that of this epoch. Refused: SERVICE_NOT_AVAILABLE.</summary>
    [Alias("Logout")]
    Task<Answer<Done>> Logout(long epoch);

    /// <summary>The characters, most recently played first. Refused: ACCOUNT_LOGGED_IN_BY_OTHER for an older epoch.</summary>
    [Alias("ListCharacters")]
    Task<Answer<CharacterListing>> ListCharacters(long epoch);

    /// <summary>
    /// Claims the name and adds the character to the list. Refused: the rules of names, CHARACTER_NAME_EXISTED,
    /// CHARACTER_SLOTS_FULL, INVALID_CHARACTER_DATA (appearance over its limit), ACCOUNT_LOGGED_IN_BY_OTHER. Who cancels before the name is
    /// asked for has made nothing; from there on the creation goes to its end.
    /// </summary>
    [Alias("CreateCharacter")]
    Task<Answer<CharacterListed>> CreateCharacter(long epoch, string name, ReadOnlyMemory<byte> appearance, CancellationToken cancellation = default);

    /// <summary>Removes the character from the list, frees its name and clears its record. Refused: CHARACTER_NOT_FOUND.</summary>
    [Alias("DeleteCharacter"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<Done>> DeleteCharacter(long epoch, CharacterId character);

    /// <summary>The listed character, noted as played now. Refused: CHARACTER_NOT_FOUND.</summary>
    [Alias("PlayCharacter")]
    Task<Answer<CharacterListed>> PlayCharacter(long epoch, CharacterId character);

    /// <summary>
    /// For a name whose pending claim has run out: whether this account owns that character. When not, the account first
    /// remembers that it never will, so that a delayed creation fails. Answered while other calls wait. Refused:
    /// SERVICE_NOT_AVAILABLE, then nothing is settled.
    /// </summary>
    [Alias("Owns"), AlwaysInterleave]
    Task<Answer<bool>> Owns(CharacterId character);

    /// <summary>
    /// Bans until a time; a time in the past lifts the ban. Tokens are refused from here on; who plays now plays on until kicked.
    /// Refused: SERVICE_NOT_AVAILABLE.
    /// </summary>
    [Alias("Ban")]
    Task<Answer<Done>> Ban(DateTimeOffset until);

    /// <summary>
    /// Mutes every character until a time, also those to come; a time in the past lifts the mute. Refused: SERVICE_NOT_AVAILABLE,
    /// then some may be muted: ask again.
    /// </summary>
    [Alias("Mute"), ResponseTimeout(Patience.ManySteps)]
    Task<Answer<Done>> Mute(DateTimeOffset until);

    /// <summary>Sets the level that the next login shows, 0 to 255. Refused: SERVICE_NOT_AVAILABLE.</summary>
    [Alias("SetLevel")]
    Task<Answer<Done>> SetLevel(int level);
}

/// <param name="Epoch">Grows with every login: of two logins the one with the greater epoch is the newer.</param>
/// <param name="Played">The character that was selected last, for a session that has lost its memory; null: none.</param>
[GenerateSerializer, Immutable, Alias("mmo.AccountLogin")]
public sealed record AccountLogin(
    [property: Id(0)] AccountId Account,
    [property: Id(1)] string AccessToken,
    [property: Id(2)] DateTimeOffset Expires,
    [property: Id(3)] long Epoch,
    [property: Id(4)] int UserLevel,
    [property: Id(5)] CharacterId? Played);

/// <summary>Whom a token belongs to, and of which login.</summary>
/// <param name="Played">The character that was selected last, for a session that has lost its memory; null: none.</param>
[GenerateSerializer, Immutable, Alias("mmo.TokenHolder")]
public sealed record TokenHolder(
    [property: Id(0)] AccountId Account,
    [property: Id(1)] DateTimeOffset Expires,
    [property: Id(2)] long Epoch,
    [property: Id(3)] int UserLevel,
    [property: Id(4)] CharacterId? Played)
{
    /// <summary>The account's characters: what else is asked for is nobody's, and wakes no grain.</summary>
    [Id(5)]
    public ImmutableArray<CharacterId> Characters { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("mmo.CharacterListing")]
public sealed record CharacterListing(
    [property: Id(0)] ImmutableArray<CharacterListed> Characters,
    [property: Id(1)] int MaxCharacters);

/// <param name="Appearance">Opaque to the server, at most 1 KiB.</param>
/// <param name="Played">When it was last selected, up to a day late for one that is selected again and again; null: never.</param>
[GenerateSerializer, Immutable, Alias("mmo.CharacterListed")]
public sealed record CharacterListed(
    [property: Id(0)] CharacterId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] ReadOnlyMemory<byte> Appearance,
    [property: Id(3)] DateTimeOffset Created,
    [property: Id(4)] DateTimeOffset? Played)
{
    /// <summary>The account's mute, for a character that is played for the first time; null: none.</summary>
    [Id(5)]
    public DateTimeOffset? MutedUntil { get; init; }
}
