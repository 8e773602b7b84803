using System.Globalization;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Transports;

/// <summary>Where a server listens, and how.</summary>
/// <param name="Transport">TCP or WebSocket.</param>
/// <param name="Host">Name or address; an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Secure">With TLS.</param>
/// <param name="Path">WebSocket only.</param>
public sealed record ServerEndpoint(Endpoint.Types.Transport Transport, string Host, int Port, bool Secure = false, string Path = "/ws")
{
    /// <summary>The WebSocket's address.</summary>
    public Uri ToUri() => new($"{(Secure ? "wss" : "ws")}://{HostInUri}:{Port.ToString(CultureInfo.InvariantCulture)}{Path}");

    private string HostInUri => Host.Contains(':') ? $"[{Host}]" : Host;

    /// <summary>TCP without TLS.</summary>
    public static ServerEndpoint Tcp(string host, int port) => new(Endpoint.Types.Transport.Tcp, host, port);

    /// <summary>Reads <c>host:port</c>, <c>[ipv6]:port</c>, <c>tcp://</c>, <c>tls://</c>, <c>ws://</c> or <c>wss://</c>.</summary>
    public static bool TryParse(string text, out ServerEndpoint endpoint)
    {
        endpoint = null!;
        var address = text.Contains("://") ? text : "tcp://" + text;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return false;
        if (uri.Port is not (> 0 and <= 65535) || KindOf(uri.Scheme) is not { } kind) return false;

        var path = uri.AbsolutePath == "/" ? "/ws" : uri.PathAndQuery;
        endpoint = new ServerEndpoint(kind.Transport, uri.Host.Trim('[', ']'), uri.Port, kind.Secure, path);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() =>
        Transport == Endpoint.Types.Transport.Websocket ? ToUri().ToString() : $"{(Secure ? "tls" : "tcp")}://{HostInUri}:{Port.ToString(CultureInfo.InvariantCulture)}";

    internal static ServerEndpoint Of(Endpoint wire) =>
        new(wire.Transport, wire.Host, (int)wire.Port, wire.Secure, wire.Path.Length == 0 ? "/ws" : wire.Path);

    private static (Endpoint.Types.Transport Transport, bool Secure)? KindOf(string scheme) => scheme switch
    {
        "tcp" => (Endpoint.Types.Transport.Tcp, false),
        "tls" => (Endpoint.Types.Transport.Tcp, true),
        "ws" => (Endpoint.Types.Transport.Websocket, false),
        "wss" => (Endpoint.Types.Transport.Websocket, true),
        _ => null,
    };
}
