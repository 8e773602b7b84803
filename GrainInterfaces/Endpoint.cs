namespace MmoOrleans.GrainInterfaces;

/// <summary>How a client reaches a gateway.</summary>
[GenerateSerializer]
public enum EndpointTransport { Tcp = 0, WebSocket = 1 }

/// <summary>One address that clients are told.</summary>
/// <param name="Path">WebSocket only, for example <c>/ws</c>.</param>
[GenerateSerializer, Immutable, Alias("mmo.ClientEndpoint")]
public sealed record ClientEndpoint(
    [property: Id(0)] EndpointTransport Transport,
    [property: Id(1)] string Host,
    [property: Id(2)] int Port,
    [property: Id(3)] bool Secure,
    [property: Id(4)] string Path = "")
{
    public override string ToString() => Transport == EndpointTransport.Tcp
        ? $"{(Secure ? "tls" : "tcp")}://{Host}:{Port}"
        : $"{(Secure ? "wss" : "ws")}://{Host}:{Port}{Path}";
}
