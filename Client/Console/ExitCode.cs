namespace MmoOrleans.ConsoleClient;

/// <summary>How the console ended; scripts rely on the numbers.</summary>
public enum ExitCode
{
    /// <summary>End of input, or quit.</summary>
    Done = 0,

    /// <summary>A command failed.</summary>
    CommandFailed = 1,

    /// <summary>The command line made no sense.</summary>
    Usage = 2,

    /// <summary>No server could be connected.</summary>
    CouldNotConnect = 3,
}
