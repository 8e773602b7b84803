namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>Where a host runs: on this machine's loopback address, or in a network of its own.</summary>
/// <param name="Address">Where others reach it.</param>
/// <param name="Command">What a program is started with to run there.</param>
public sealed record Site(string Address, params string[] Command)
{
    public static readonly Site Here = new("127.0.0.1");

    /// <summary>What operators show where a host is not on loopback.</summary>
    public const string Token = "the token of operators";

    /// <summary>The settings with which a host is reached there.</summary>
    public string[] Arguments => this == Here ? [] : ["-siloAddress", Address, "-publicAddress", Address, "-dashboardAddress", Address, "-adminToken", Token];
}

/// <summary>Where a client comes in: the game port of a host.</summary>
public readonly record struct Door(string Host, int Port);
