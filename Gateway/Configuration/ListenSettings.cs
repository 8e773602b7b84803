using System.Collections.Immutable;
using System.Net;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Where players come in.</summary>
public sealed record ListenSettings
{
    /// <summary>The address listened on (listenAddress).</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The key that names the game port in this host, for messages: centralPort or gatewayPort.</summary>
    public required string GamePortKey { get; init; }

    /// <summary>Game TCP; 0: any free one.</summary>
    public required int GamePort { get; init; }

    /// <summary>WebSocket and health; 0: any free one.</summary>
    public required int HttpPort { get; init; }

    /// <summary>What clients are told to connect to (publicAddress).</summary>
    public required string PublicAddress { get; init; }

    /// <summary>Whether this process lets players in: always in a Gateway host, by embeddedGateway in a silo.</summary>
    public required bool HostsGateway { get; init; }

    /// <summary>Whether there is a WebSocket at /ws (useWebSocket).</summary>
    public required bool UseWebSocket { get; init; }

    /// <summary>The certificate of the HTTP port; null: no TLS (webSocketSecure).</summary>
    public required CertificateSettings? Certificate { get; init; }

    /// <summary>The same for the game port (gameSecure).</summary>
    public required CertificateSettings? GameCertificate { get; init; }

    /// <summary>Web origins whose pages may open the WebSocket; empty: all (webSocketOrigins).</summary>
    public required ImmutableArray<string> WebSocketOrigins { get; init; }

    /// <summary>Connections this process takes (centralMaxConnections).</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Connections from one address; null: unlimited (maxConnectionsPerAddress).</summary>
    public required int? MaxConnectionsPerAddress { get; init; }

    /// <summary>Wrong passwords from one address per minute (addressLoginFailuresPerMinute).</summary>
    public required int LoginFailuresPerMinutePerAddress { get; init; }

    /// <summary>Registrations from one address per minute (registrationsPerMinute).</summary>
    public required int RegistrationsPerMinutePerAddress { get; init; }

    /// <summary>Registrations from one address in 24 hours (registrationsPerDay).</summary>
    public required int RegistrationsPerDayPerAddress { get; init; }
}
