namespace MmoOrleans.Gateway;

/// <summary>How a host ends, for scripts.</summary>
public enum ExitCode
{
    /// <summary>Asked to stop, and stopped.</summary>
    Stopped = 0,

    /// <summary>Anything that has no number of its own.</summary>
    Failed = 1,

    /// <summary>The configuration: the sentence on stderr names the file and place, or the key.</summary>
    Configuration = 2,

    /// <summary>A port is in use: the sentence names the key and the port.</summary>
    PortInUse = 3,

    /// <summary>The storage cannot be reached.</summary>
    StorageUnreachable = 4,
}
