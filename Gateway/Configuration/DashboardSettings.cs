using System.Net;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Where operators come in.</summary>
public sealed record DashboardSettings(IPAddress Address, int Port, string? AdminToken)
{
    /// <summary>Address and port; the token never ends up in a log.</summary>
    public override string ToString() => $"{Address}:{Port}";
}
