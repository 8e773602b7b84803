namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// The largest a client may send of anything. A gateway refuses what is larger before it asks a grain, so an option of a grain may be
/// stricter than these and not more generous: that fails the start.
/// </summary>
public static class WireLimits
{
    /// <summary>UTF-8 bytes of a chat line.</summary>
    public const int ChatTextBytes = 500;

    /// <summary>Bytes of a game's own message, both ways.</summary>
    public const int GamePayloadBytes = 4096;

    /// <summary>Bytes of a character's appearance.</summary>
    public const int AppearanceBytes = 1024;

    /// <summary>UTF-8 bytes of a password.</summary>
    public const int PasswordBytes = 256;

    /// <summary>Characters of a name: of an account, a character, a channel.</summary>
    public const int NameLength = 64;

    /// <summary>The highest level of an account.</summary>
    public const int UserLevel = 255;
}
