namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// Every reason to refuse, with its number and its sentence (<see cref="Refusal.SentenceOf"/>). The numbers are those of the wire
/// protocol's ErrorCode, whose names are these in capitals; a test holds the two together. Numbers are never reused.
/// </summary>
[GenerateSerializer]
public enum RefusalCode
{
    None = 0,
    InternalServerError = 1,
    ServiceNotAvailable = 2,
    ServerBusy = 3,
    ServerClose = 4,
    InvalidPacketVersion = 5,
    InvalidMessage = 6,
    InvalidState = 7,
    RateLimited = 8,
    IdleTimeout = 9,
    SlowReader = 10,
    RetryLater = 11,
    KickedFromServer = 12,

    NotLoggedIn = 20,
    AlreadyLoggedIn = 21,
    AccountLoggedInByOther = 22,
    InvalidUsernameOrPassword = 23,
    InvalidUserToken = 24,
    UserBanned = 25,

    /// <summary>The MMORPG KIT's, reserved: nothing here verifies an email address.</summary>
    EmailNotVerified = 26,

    InvalidUsername = 27,
    UsernameTooShort = 28,
    UsernameTooLong = 29,
    UsernameExisted = 30,
    PasswordTooShort = 31,
    PasswordTooLong = 32,
    InvalidEmail = 33,
    EmailAlreadyInUse = 34,

    InvalidCharacterName = 40,
    CharacterNameTooShort = 41,
    CharacterNameTooLong = 42,
    CharacterNameExisted = 43,
    InvalidCharacterData = 44,
    CharacterNotFound = 45,
    CharacterSlotsFull = 46,

    InvalidChannelId = 60,
    ChannelIsFull = 61,
    MapServerNotReady = 62,
    MapIsFull = 63,
    MapNotFound = 64,
    TicketExpired = 65,
    AppNotReady = 66,

    /// <summary>The player is between two maps. A second warp is not begun and not answered.</summary>
    AlreadyWarping = 67,

    MoveBlocked = 68,
    MoveTooFast = 69,
    MoveOutOfBounds = 70,
    MoveInvalid = 71,
    InvalidServerKey = 72,

    ChatTooLong = 80,
    ChatEmpty = 81,
    ChatMuted = 82,
    ChatEnterTooFast = 83,
    ChatNotAvailable = 84,
    CharacterNotOnline = 85,
    GameMessageRefused = 86,
}
