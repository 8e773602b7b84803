namespace MmoOrleans.Bots;

/// <summary>How a run ends.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A bot was dropped, failed or never got in; nothing was received; or a history does not hold.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    public const int CouldNotConnect = 3;
}
