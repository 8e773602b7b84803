using System.Net;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Gateway;

/// <summary>Where a gateway listens, what it tells clients, and what it bears from one of them.</summary>
public sealed class GatewayOptions
{
    /// <summary>The address both ports listen on. Default: 0.0.0.0, every interface.</summary>
    public IPAddress ListenAddress { get; set; } = IPAddress.Any;

    /// <summary>Game TCP; 0: any free port. Default: 7000.</summary>
    public int GamePort { get; set; } = 7000;

    /// <summary>WebSocket and health; 0: any free port. Default: 7001.</summary>
    public int HttpPort { get; set; } = 7001;

    /// <summary>The configuration key that names the game port, for messages. Default: "centralPort".</summary>
    public string GamePortKey { get; set; } = "centralPort";

    /// <summary>Whether there is a WebSocket at <see cref="GatewayHosting.WebSocketPath"/>. Default: true.</summary>
    public bool UseWebSocket { get; set; } = true;

    /// <summary>
    /// The web origins whose pages may open the WebSocket ("https://play.example.org"); others are answered 403. Clients that
    /// are no browsers send no origin and are always let in. Default: empty, all.
    /// </summary>
    public IReadOnlyList<string> WebSocketOrigins { get; set; } = [];

    /// <summary>What clients are told to connect to. Default: "127.0.0.1".</summary>
    public string PublicAddress { get; set; } = "127.0.0.1";

    /// <summary>The silo that this gateway lives in; empty for a process of its own. Default: "".</summary>
    public string SiloName { get; set; } = "";

    /// <summary>With it the HTTP port speaks TLS. Default: null, no TLS.</summary>
    public CertificateSettings? Certificate { get; set; }

    /// <summary>With it the game port speaks TLS. Default: null, no TLS.</summary>
    public CertificateSettings? GameCertificate { get; set; }

    /// <summary>Connections at most; the next one is told SERVER_BUSY and closed. Default: 10,000.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Connections from one address at most, refused in the same way. Default: null, unlimited.</summary>
    public int? MaxConnectionsPerAddress { get; set; }

    /// <summary>When a client that was told SERVER_BUSY may come again. Default: 5 s.</summary>
    public TimeSpan BusyRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Failed logins from one address in a minute; then RATE_LIMITED before any password is looked at. Default: 20.</summary>
    public int LoginFailuresPerMinutePerAddress { get; set; } = 20;

    /// <summary>Registrations from one address in a minute; then RATE_LIMITED before any grain is asked. Loopback is exempt. Default: 10.</summary>
    public int RegistrationsPerMinutePerAddress { get; set; } = 10;

    /// <summary>The same in 24 hours. Default: 100.</summary>
    public int RegistrationsPerDayPerAddress { get; set; } = 100;

    /// <summary>What a registration may be: the same as the grains' own, so that what they would refuse wakes none of them.</summary>
    public AccountLimits Accounts { get; set; } = new();

    /// <summary>How long a grain may take to answer; then the client is told SERVICE_NOT_AVAILABLE. Default: 5 s.</summary>
    public TimeSpan GrainCallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for calls made of several bounded steps, see <see cref="GrainInterfaces.Patience"/>. Default: 20 s.</summary>
    public TimeSpan ManyStepsTimeout { get; set; } = TimeSpan.Parse(GrainInterfaces.Patience.ManySteps, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What one connection may do.</summary>
    public ConnectionLimits Limits { get; set; } = new();
}
