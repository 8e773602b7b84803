using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Connections;

/// <summary>A gateway's door, as the wire has it.</summary>
internal static class WireEndpoints
{
    public static Protocol.Endpoint ToWire(this ClientEndpoint endpoint) => new()
    {
        Transport = (Protocol.Endpoint.Types.Transport)(int)endpoint.Transport,
        Host = endpoint.Host,
        Port = (uint)endpoint.Port,
        Secure = endpoint.Secure,
        Path = endpoint.Path,
    };
}
