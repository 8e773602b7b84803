using System.Collections.Frozen;

namespace MmoOrleans.GrainInterfaces;

/// <summary>Why something was not granted: a code for programs, a sentence for people, and when to ask again.</summary>
/// <param name="RetryAfter">Set when the same request may be granted after this time.</param>
[GenerateSerializer, Immutable, Alias("mmo.Refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalCode Code,
    [property: Id(1)] string Sentence,
    [property: Id(2)] TimeSpan? RetryAfter = null)
{
    private static readonly FrozenDictionary<RefusalCode, string> Sentences = new Dictionary<RefusalCode, string>
    {
        [RefusalCode.None] = "Nothing is wrong.",
        [RefusalCode.InternalServerError] = "The server failed to do this. It is logged there.",
        [RefusalCode.ServiceNotAvailable] = "This service is not available now.",
        [RefusalCode.ServerBusy] = "The server is busy. Try again shortly.",
        [RefusalCode.ServerClose] = "The server is closing.",
        [RefusalCode.InvalidPacketVersion] = "The server does not speak this protocol version.",
        [RefusalCode.InvalidMessage] = "The message could not be read.",
        [RefusalCode.InvalidState] = "The message does not fit what this connection has done so far.",
        [RefusalCode.RateLimited] = "Too many messages.",
        [RefusalCode.IdleTimeout] = "Nothing was heard for too long.",
        [RefusalCode.SlowReader] = "The connection did not read what was sent to it.",
        [RefusalCode.RetryLater] = "Not ready yet. Try again shortly.",
        [RefusalCode.KickedFromServer] = "Kicked from the server.",
        [RefusalCode.NotLoggedIn] = "Log in first.",
        [RefusalCode.AlreadyLoggedIn] = "This connection is logged in already.",
        [RefusalCode.AccountLoggedInByOther] = "The account was logged in from another connection.",
        [RefusalCode.InvalidUsernameOrPassword] = "The username or the password is wrong.",
        [RefusalCode.InvalidUserToken] = "The access token is not valid. Log in again.",
        [RefusalCode.UserBanned] = "The account is banned.",
        [RefusalCode.EmailNotVerified] = "The email address is not verified.",
        [RefusalCode.InvalidUsername] = "A username has ASCII letters, digits and _ only.",
        [RefusalCode.UsernameTooShort] = "The username is too short.",
        [RefusalCode.UsernameTooLong] = "The username is too long.",
        [RefusalCode.UsernameExisted] = "The username is taken.",
        [RefusalCode.PasswordTooShort] = "The password is too short.",
        [RefusalCode.PasswordTooLong] = "The password is too long.",
        [RefusalCode.InvalidEmail] = "The email address is not valid.",
        [RefusalCode.EmailAlreadyInUse] = "The email address is in use.",
        [RefusalCode.InvalidCharacterName] = "A character name has letters, marks, numbers and _ only.",
        [RefusalCode.CharacterNameTooShort] = "The character name is too short.",
        [RefusalCode.CharacterNameTooLong] = "The character name is too long.",
        [RefusalCode.CharacterNameExisted] = "The character name is taken.",
        [RefusalCode.InvalidCharacterData] = "The character data is not valid.",
        [RefusalCode.CharacterNotFound] = "The account has no such character.",
        [RefusalCode.CharacterSlotsFull] = "The account has no free character slot.",
        [RefusalCode.InvalidChannelId] = "There is no such channel.",
        [RefusalCode.ChannelIsFull] = "The channel is full.",
        [RefusalCode.MapServerNotReady] = "The map is not ready.",
        [RefusalCode.MapIsFull] = "The map is full.",
        [RefusalCode.MapNotFound] = "There is no such map.",
        [RefusalCode.TicketExpired] = "The connection key is unknown or too old. Select the character again.",
        [RefusalCode.AppNotReady] = "Enter a map first.",
        [RefusalCode.AlreadyWarping] = "The character is on its way to another map.",
        [RefusalCode.MoveBlocked] = "Something is in the way.",
        [RefusalCode.MoveTooFast] = "Nobody walks that fast.",
        [RefusalCode.MoveOutOfBounds] = "The map ends here.",
        [RefusalCode.MoveInvalid] = "That is not a position.",
        [RefusalCode.InvalidServerKey] = "The connection key is not the one that Central knows. Ask Central again.",
        [RefusalCode.ChatTooLong] = "The text is too long.",
        [RefusalCode.ChatEmpty] = "There is no text.",
        [RefusalCode.ChatMuted] = "The character is muted.",
        [RefusalCode.ChatEnterTooFast] = "Too many chat messages. Wait a little.",
        [RefusalCode.ChatNotAvailable] = "Chat does not answer now. Nobody saw the text, unless it still appears.",
        [RefusalCode.CharacterNotOnline] = "That character is not online.",
        [RefusalCode.GameMessageRefused] = "The game did not accept this message.",
    }.ToFrozenDictionary();

    /// <summary>The refusal with its standard sentence.</summary>
    public static Refusal For(RefusalCode code, TimeSpan? retryAfter = null) => new(code, SentenceOf(code), retryAfter);

    /// <summary>The standard sentence of a code.</summary>
    public static string SentenceOf(RefusalCode code) => Sentences[code];

    public override string ToString() => RetryAfter is { } wait ? $"{Code}: {Sentence} (again in {wait.TotalMilliseconds:0} ms)" : $"{Code}: {Sentence}";
}
