namespace MmoOrleans.Gateway.Configuration;

/// <summary>What a key's value is, and so how its text is read.</summary>
public enum KeyKind
{
    /// <summary>Any text; an empty one means "not set".</summary>
    Text,

    /// <summary>An IP address of this machine, or `localhost`.</summary>
    Address,

    /// <summary>A file or folder; relative to the config file that names it, else to the working directory.</summary>
    Path,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A TCP port; 0 lets the operating system choose one.</summary>
    Port,

    /// <summary>A number, with a dot if it has a fraction.</summary>
    Decimal,

    /// <summary>`true` or `false`; as a bare argument it means true.</summary>
    Switch,

    /// <summary>Names: a JSON array in a file, `a|b|c` elsewhere.</summary>
    List,

    /// <summary>Channels: a JSON array of {id, title, maxConnections} in a file, `id:title:max|id:title:max` elsewhere.</summary>
    Channels,

    /// <summary>One of a few words, in any case.</summary>
    Choice,

    /// <summary>A kit value that is recognised but not read.</summary>
    Anything,
}
