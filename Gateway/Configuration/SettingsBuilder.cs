using System.Net;
using System.Security.Cryptography;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// Turns values into settings, one method per part, and checks what concerns more than one key. After a refusal of its own it
/// goes on, to find the rest; the caller throws that result away.
/// </summary>
internal sealed class SettingsBuilder(HostKind host, ConfigValues values, Findings findings, StartSurroundings surroundings)
{
    private const int UsualSiloPort = 11111;

    public ServerSettings Build(string? file)
    {
        var settings = new ServerSettings
        {
            ConfigFile = file,
            Listen = Listen(),
            Dashboard = Dashboard(),
            MetricsPort = host == HostKind.Gateway ? values.WholeOrNone("metricsPort") : null,
            Cluster = Cluster(),
            Roles = Roles(out var extraChannel),
            World = new WorldBuilder(values, findings, surroundings).Build(extraChannel),
            Accounts = Accounts(),
            Chat = new ChatSettings(values.Whole("chatBurst"), TimeSpan.FromMilliseconds(values.Whole("chatIntervalMilliseconds"))),
            Database = new DatabaseBuilder(values, findings).Build(),
            StoragePath = values.Path("storagePath")!,
        };
        RefuseSharedPorts(settings);
        return settings;
    }

    private ListenSettings Listen()
    {
        var gamePortKey = host == HostKind.Gateway ? "gatewayPort" : "centralPort";
        var certificate = values.IsOn("webSocketSecure") ? Certificate("webSocketSecure") : null;
        WarnOfOpenGamePort();
        var perAddress = values.Whole("maxConnectionsPerAddress");
        return new ListenSettings
        {
            Address = values.Address("listenAddress"),
            GamePortKey = gamePortKey,
            GamePort = values.Whole(gamePortKey),
            HttpPort = values.Whole("httpPort"),
            PublicAddress = values.Text("publicAddress")!,
            HostsGateway = host == HostKind.Gateway || values.IsOn("embeddedGateway"),
            UseWebSocket = values.IsOn("useWebSocket"),
            Certificate = certificate,
            GameCertificate = values.IsOn("gameSecure") ? certificate ?? Certificate("gameSecure") : null,
            WebSocketOrigins = values.List("webSocketOrigins") ?? [],
            MaxConnections = values.Whole("centralMaxConnections"),
            MaxConnectionsPerAddress = perAddress == 0 ? null : perAddress,
            LoginFailuresPerMinutePerAddress = values.Whole("addressLoginFailuresPerMinute"),
            RegistrationsPerMinutePerAddress = values.Whole("registrationsPerMinute"),
            RegistrationsPerDayPerAddress = values.Whole("registrationsPerDay"),
        };
    }

    private void WarnOfOpenGamePort()
    {
        var isHalfSecure = values.IsOn("webSocketSecure") && !values.IsOn("gameSecure");
        if (isHalfSecure && !IPAddress.IsLoopback(values.Address("listenAddress")))
            findings.Warn("webSocketSecure is true but gameSecure is not: passwords cross the network in the clear on the game TCP port");
    }

    private CertificateSettings? Certificate(string wantedBy)
    {
        if (values.Path("webSocketCertPath") is not { } path)
            findings.Refuse($"{wantedBy} is true, but webSocketCertPath is not set: expected the path of a .pfx or .pem file");
        else if (!File.Exists(path))
            findings.Refuse($"webSocketCertPath = \"{path}\": expected a .pfx or .pem file, there is none");
        else if (values.Path("webSocketCertKeyPath") is { } key && !File.Exists(key))
            findings.Refuse($"webSocketCertKeyPath = \"{key}\": expected the .pem file of a key, there is none");
        else
            return Opened(new CertificateSettings(path, values.Text("webSocketCertPassword"), values.Path("webSocketCertKeyPath")));
        return null;
    }

    private CertificateSettings? Opened(CertificateSettings certificate)
    {
        try
        {
            using var _ = certificate.Load(out var _);
            return certificate;
        }
        catch (CryptographicException exception)
        {
            findings.Refuse($"webSocketCertPath = \"{certificate.Path}\": expected a .pfx or .pem file with its key, that opens with webSocketCertPassword: {exception.Message}");
            return null;
        }
    }

    private DashboardSettings Dashboard()
    {
        var address = values.Address("dashboardAddress");
        var token = values.Text("adminToken");
        if (!IPAddress.IsLoopback(address) && token is null)
            findings.Refuse($"dashboardAddress = {address}: others can reach it, so adminToken must be set");
        return new DashboardSettings(address, values.Whole("dashboardPort"), token);
    }

    private ClusterSettings Cluster()
    {
        var address = values.Address("siloAddress");
        if (!IPAddress.IsLoopback(address))
            findings.Warn($"siloAddress = {address}: siloPort and orleansGatewayPort ask nobody who they are; only a private network may reach them");
        var siloPort = values.WholeOrNone("siloPort") ?? values.WholeOrNone("clusterPort") ?? UsualSiloPort;
        return new ClusterSettings
        {
            ClusterId = Name("clusterId"),
            ServiceId = Name("serviceId"),
            SiloAddress = address,
            SiloPort = siloPort,
            PrimaryHost = values.Text("centralAddress")!,
            PrimaryPort = values.WholeOrNone("clusterPort") ?? siloPort,
            OrleansGatewayPort = values.Whole("orleansGatewayPort"),
        };
    }

    private string Name(string key)
    {
        var name = values.Of(key)!;
        Names.RefuseUnlessFit(key, (string)name.Value, name.Origin, findings);
        return (string)name.Value;
    }

    private RoleSettings Roles(out string? extraChannel)
    {
        var ensured = values.IsOn("startMapServer") ? Ensured() : null;
        extraChannel = ensured is null ? null : values.Text("channelId");
        if (values.IsOn("startMapServer") && ensured is null)
            findings.Warn("startMapServer without mapName: this silo takes the maps that the cluster gives it");
        else if (ensured is null && (values.IsGiven("mapName") || values.IsGiven("channelId")))
            findings.Warn("mapName and channelId are ignored without startMapServer");
        string[] roles = ["startCentralServer", "startChatServer", "startMapSpawnServer", "startMapServer", "startDatabaseServer"];
        return new RoleSettings(values.IsOn("startMapSpawnServer") || !roles.Any(values.IsOn), ensured);
    }

    private EnsuredMap? Ensured()
    {
        if (values.Text("mapName") is not { } map)
            return null;
        Names.RefuseUnlessFit("mapName", map, values.Of("mapName")!.Origin, findings);
        var channel = values.Text("channelId") ?? values.Channels("channels").Select(channel => channel.Id).FirstOrDefault(id => id.Length > 0, WorldBuilder.UsualChannel);
        return new EnsuredMap(map, channel);
    }

    private AccountSettings Accounts()
    {
        var iterations = values.Whole("passwordIterations");
        if (iterations < ServerInstance.AdvisedPasswordIterations)
            findings.Warn($"passwordIterations = {iterations} is below the advised {ServerInstance.AdvisedPasswordIterations}: stolen hashes are cheaper to break");
        return new AccountSettings
        {
            PasswordIterations = iterations,
            LoginFailuresPerMinute = values.Whole("accountLoginFailuresPerMinute"),
            TokenLifetime = TimeSpan.FromHours(values.Whole("tokenLifetimeHours")),
            MaxCharacters = values.Whole("maxCharacters"),
            RequireEmail = values.IsOn("requireEmail"),
            ReservedNames = values.List("reservedNames") ?? [],
        };
    }

    // Said here rather than by the second bind, which could only say that the port is taken, not by whom.
    private void RefuseSharedPorts(ServerSettings settings)
    {
        var clashes = Ports(settings).Where(port => port.Number != 0).GroupBy(port => port.Number).Where(same => same.Count() > 1);
        foreach (var same in clashes)
            findings.Refuse($"{string.Join(" and ", same.Select(port => port.Key))} are both {same.Key}: expected a port of its own for each");
    }

    private IEnumerable<(string Key, int Number)> Ports(ServerSettings settings)
    {
        var siloPortKey = values.IsGiven("siloPort") || !values.IsGiven("clusterPort") ? "siloPort" : "clusterPort";
        (string, int)[] gateway = [(settings.Listen.GamePortKey, settings.Listen.GamePort), ("httpPort", settings.Listen.HttpPort)];
        (string, int)[] silo =
        [
            ("dashboardPort", settings.Dashboard.Port),
            (siloPortKey, settings.Cluster.SiloPort),
            ("orleansGatewayPort", settings.Cluster.OrleansGatewayPort),
        ];
        (string, int)[] metrics = settings.MetricsPort is { } port ? [("metricsPort", port)] : [];
        return host == HostKind.Gateway ? [.. gateway, .. metrics] : settings.Listen.HostsGateway ? [.. gateway, .. silo] : [gateway[1], .. silo];
    }
}
