namespace MmoOrleans.Gateway.Configuration;

/// <summary>What happens to a key that an operator sets.</summary>
public enum KeyFate
{
    /// <summary>A key of this server; the kit has no such key.</summary>
    Ours,

    /// <summary>A kit key that means here what it means there.</summary>
    Honoured,

    /// <summary>A kit key whose meaning is carried over to the nearest thing here.</summary>
    Mapped,

    /// <summary>A kit key that is allowed, changes nothing, and is answered with one line saying why.</summary>
    Accepted,

    /// <summary>A kit key whose use stops the start with a sentence: ignoring it would lose data or surprise.</summary>
    Refused,
}
