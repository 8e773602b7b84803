namespace MmoOrleans.Gateway.Connections;

/// <summary>How far a connection has come; each step allows other commands (<see cref="CommandRules"/>).</summary>
public enum ConnectionState
{
    /// <summary>Open, nothing said yet: only Hello.</summary>
    Connected,

    /// <summary>Both sides speak one version.</summary>
    Greeted,

    /// <summary>An account was proved.</summary>
    Authenticated,

    /// <summary>A character of that account is on a map.</summary>
    InMap,
}
