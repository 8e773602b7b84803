namespace MmoOrleans.Gateway.Configuration;

/// <summary>Which program reads a key. Both may share one file: each passes over the keys of the other.</summary>
[Flags]
public enum HostKind
{
    /// <summary>The silo: grains, and a gateway inside the same process.</summary>
    Silo = 1,

    /// <summary>A gateway in a process of its own.</summary>
    Gateway = 2,

    /// <summary>Either of them.</summary>
    Both = Silo | Gateway,
}
