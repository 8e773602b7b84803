namespace MmoOrleans.Protocol.Framing;

/// <summary>How long one message may be, in bytes without its length prefix. A longer one closes the connection.</summary>
public static class FrameLimits
{
    /// <summary>
    /// From a client: 8 KiB. The largest legal command is a GameMessage of 4,096 bytes; EnterMap with every chat position stays
    /// below 2 KiB. Parsed, hostile bytes grow to some thirty times their length, so no more is let in than is needed.
    /// </summary>
    public const int ClientToServerBytes = 8 * 1024;

    /// <summary>From a client that has not proved an account: 4 KiB. Register, Login and EnterMap stay below 2 KiB.</summary>
    public const int BeforeLoginBytes = 4 * 1024;

    /// <summary>
    /// What a server reads and forgets of a client that it closes, so that the client can read why: 1 MiB. Who sends more is
    /// cut.
    /// </summary>
    public const int MostDrainedBytes = 1024 * 1024;

    /// <summary>From a server: 4 MiB. The first frame of a visit holds everything in view with up to 256 bytes of properties each.</summary>
    public const int ServerToClientBytes = 4 * 1024 * 1024;

    /// <summary>The longest length prefix that is read: five bytes carry any length up to 2^32.</summary>
    public const int PrefixBytes = 5;
}
