using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

// The table itself, one method per heading. A new key is a new row here and a line in SettingsBuilder that reads it.
public static partial class ConfigKeys
{
    private const string RolesAreGrains = "Central is a grain; any silo may host it";
    private const string MapsAreGrains = "maps are grains inside the silos, not processes with a port each";
    private const string NoInstances = "map instances are not there yet";
    private const string StorageIsGrainStorage = "there is no database manager process: grains write to the storage themselves";
    private const string GrainsAreTheCache = "an active grain is the cache of its record, and the only writer";

    private static ConfigKey[] Starting() =>
    [
        new("help", KeyKind.Switch, "false", "Print this list and end.") { Hosts = HostKind.Both, IsArgumentOnly = true },
        new("version", KeyKind.Switch, "false", "Print the version and end.") { Hosts = HostKind.Both, IsArgumentOnly = true },
        new("config", KeyKind.Path, null, "The configuration file; it must exist.")
        {
            Hosts = HostKind.Both,
            Otherwise = "./config/serverConfig.json, else ./Config/serverConfig.json, else the one beside the program, else none",
        },
        new("writeConfig", KeyKind.Switch, "false", "Write the settings to the file that -config names (else ./config/serverConfig.json) and end; never overwrites.")
        {
            Hosts = HostKind.Both, IsArgumentOnly = true,
        },
    ];

    private static ConfigKey[] Network() =>
    [
        Port("centralPort", 7000, "Game TCP port of the silo's gateway.") with { Fate = KeyFate.Honoured },
        Port("gatewayPort", 7100, "Game TCP port of the Gateway host.") with { Hosts = HostKind.Gateway },
        Port("httpPort", 7001, "HTTP port: WebSocket at /ws, health at /health. Leave it out of a file that both hosts on one machine share.") with
        {
            Hosts = HostKind.Both, GatewayDefault = "7101", DependsOnProgram = true,
        },
        new("listenAddress", KeyKind.Address, "0.0.0.0", "Address on which players are listened for: game TCP and HTTP.") { Hosts = HostKind.Both },
        new("publicAddress", KeyKind.Text, "127.0.0.1", "Host name or address that clients are told to connect to.")
        {
            Hosts = HostKind.Both, Fate = KeyFate.Honoured, OldNames = ["machineAddress"],
        },
        Switch("embeddedGateway", true, "This silo lets players in itself; false: only Gateway hosts do."),
        Switch("useWebSocket", true, "WebSocket beside game TCP; false: game TCP only.") with { Hosts = HostKind.Both, Fate = KeyFate.Honoured },
        Switch("webSocketSecure", false, "TLS on the HTTP port, with the certificate of webSocketCertPath.") with { Hosts = HostKind.Both, Fate = KeyFate.Honoured },
        Switch("gameSecure", false, "TLS on the game TCP port, with the same certificate.") with { Hosts = HostKind.Both },
        new("webSocketOrigins", KeyKind.List, null, "Web origins whose pages may open the WebSocket, such as https://play.example.org.") { Hosts = HostKind.Both, Otherwise = "all" },
        new("webSocketCertPath", KeyKind.Path, null, "The certificate with its key and those who vouch for it: a .pfx or a .pem file.") { Hosts = HostKind.Both, Fate = KeyFate.Honoured },
        new("webSocketCertKeyPath", KeyKind.Path, null, "The key of a .pem certificate, where it has a file of its own.") { Hosts = HostKind.Both, Otherwise = "it is in the same file" },
        new("webSocketCertPassword", KeyKind.Text, null, "The password of that file, or of that key.") { Hosts = HostKind.Both, Fate = KeyFate.Honoured, IsSecret = true },
        Whole("centralMaxConnections", 10000, 1, 1_000_000, "Connections this process takes; the next one is refused as busy.") with { Hosts = HostKind.Both, Fate = KeyFate.Honoured },
        Whole("maxConnectionsPerAddress", 0, 0, 1_000_000, "Connections from one address; 0: unlimited.") with { Hosts = HostKind.Both },
    ];

    private static ConfigKey[] Dashboard() =>
    [
        Port("dashboardPort", 8080, "Dashboard at / and operator calls at /admin."),
        new("metricsPort", KeyKind.Port, null, "Port on 127.0.0.1 where the Gateway host answers Prometheus at /metrics; a silo does so on its dashboardPort.")
        {
            Hosts = HostKind.Gateway, Otherwise = "no such port",
        },
        new("dashboardAddress", KeyKind.Address, "127.0.0.1", "Address of the dashboard; one that others can reach needs adminToken."),
        new("adminToken", KeyKind.Text, null, "Bearer token that the dashboard, /metrics and /admin ask for.") { IsSecret = true, Otherwise = "none is asked for" },
    ];

    private static ConfigKey[] Cluster() =>
    [
        new("clusterPort", KeyKind.Port, null, "Silo port of the primary silo; also this silo's, unless siloPort says otherwise.")
        {
            Fate = KeyFate.Mapped, Otherwise = "siloPort, else 11111",
        },
        new("siloPort", KeyKind.Port, null, "Port on which this silo talks with other silos.") { Otherwise = "clusterPort, else 11111" },
        new("siloAddress", KeyKind.Address, "127.0.0.1", "Address of this silo for other silos and for Gateway hosts; private networks only, whoever reaches these ports is trusted."),
        Port("orleansGatewayPort", 30000, "Port on which Gateway hosts reach a silo; on a Gateway host: where there is no cluster database, the primary silo's.") with { Hosts = HostKind.Both },
        new("clusterId", KeyKind.Text, "mmo", "Name of the cluster: silos and Gateway hosts of one name and one database find each other.") { Hosts = HostKind.Both },
        new("serviceId", KeyKind.Text, "mmo", "Name of the world: the records in the database belong to it; never change it.") { Hosts = HostKind.Both },
        new("centralAddress", KeyKind.Text, "127.0.0.1", "Host of the primary silo: where a silo joins and a Gateway host connects, where there is no cluster database.")
        {
            Hosts = HostKind.Both, Fate = KeyFate.Mapped,
        },
    ];

    private static ConfigKey[] ChannelsAndMaps() =>
    [
        new("channels", KeyKind.Channels, "default:Default", "The channels players choose from.") { Fate = KeyFate.Honoured },
        Whole("defaultChannelMaxConnections", 500, 1, 1_000_000, "Players in a channel that names no maxConnections, or 0.") with { Fate = KeyFate.Honoured },
        new("mapsPath", KeyKind.Path, "./config/maps", "Folder of the map files; by default, where that is missing, the config/maps beside the program.") { DependsOnProgram = true },
        new("spawnMaps", KeyKind.List, null, "Maps to keep up; an empty list: none.") { Fate = KeyFate.Honoured, Otherwise = "every map in mapsPath" },
        new("spawnChannels", KeyKind.List, null, "Channels in which they are kept up.") { Fate = KeyFate.Honoured, Otherwise = "every channel" },
        new("startMap", KeyKind.Text, null, "Where new characters begin.") { Otherwise = "the first of spawnMaps, else the first map in mapsPath by name" },
        Whole("mapSpawnMillisecondsTimeout", 0, 0, 600_000, "Time a map may take to come up, in ms; 0: 10000.") with { Fate = KeyFate.Honoured },
        Whole("mapMaxConnections", 10000, 1, 100_000, "Players one map takes.") with { Fate = KeyFate.Honoured },
        Whole("tickRate", 20, 1, 60, "Steps of a map per second."),
        Decimal("visibleRange", 80, 1, 10_000, "How far a player sees, in metres."),
        Decimal("maxSpeed", 6, 0.1, 1000, "How fast a player may move, in metres per second."),
        Decimal("maxHeight", 3, 0, 1000, "How far above or below the ground (y = 0) a player may be, in metres."),
        Whole("graceSeconds", 5, 0, 300, "How long an avatar waits for its lost connection to come back."),
    ];

    private static ConfigKey[] Roles() =>
    [
        Switch("startMapSpawnServer", false, "Run the spawner here. Without any start... key every role runs; with some, the spawner only with this one.") with { Fate = KeyFate.Honoured },
        Switch("startMapServer", false, "With mapName: make sure that this one map is up.") with { Fate = KeyFate.Honoured },
        new("mapName", KeyKind.Text, null, "The map of startMapServer.") { Fate = KeyFate.Honoured, OldNames = ["mapId", "sceneName"] },
        new("channelId", KeyKind.Text, null, "The channel of startMapServer.") { Fate = KeyFate.Honoured, Otherwise = "the first channel" },
        Accepted("startCentralServer", RolesAreGrains) with { Kind = KeyKind.Switch, Default = "false" },
        Accepted("startChatServer", "chat is grains; any silo may host them") with { Kind = KeyKind.Switch, Default = "false" },
        Accepted("startDatabaseServer", StorageIsGrainStorage) with { Kind = KeyKind.Switch, Default = "false" },
    ];

    private static ConfigKey[] Accounts() =>
    [
        Whole("passwordIterations", ServerInstance.AdvisedPasswordIterations, 1, 100_000_000, "Work put into a password hash (PBKDF2 iterations); fewer than the default: a warning."),
        Whole("accountLoginFailuresPerMinute", 5, 1, 100_000, "Wrong passwords an account may see per minute before it answers with a retry time."),
        Whole("addressLoginFailuresPerMinute", 20, 1, 1_000_000, "Wrong passwords one address may send per minute.") with { Hosts = HostKind.Both },
        Whole("registrationsPerMinute", 10, 1, 1_000_000, "Registrations that one address may send per minute; loopback: any number.") with { Hosts = HostKind.Both },
        Whole("registrationsPerDay", 100, 1, 1_000_000, "The same per 24 hours.") with { Hosts = HostKind.Both },
        new("reservedNames", KeyKind.List, "system|admin|administrator|gm|gamemaster|server|moderator|mod", "Names that no account and no character gets, in any case or width of letters; an empty list: none.") { Hosts = HostKind.Both },
        Whole("tokenLifetimeHours", 168, 1, 8760, "How long an access token works after the login that made it."),
        Whole("maxCharacters", 5, 1, 100, "Characters per account."),
        Switch("requireEmail", false, "Registering needs a well-formed e-mail address.") with { Hosts = HostKind.Both },
    ];

    private static ConfigKey[] Chat() =>
    [
        Whole("chatBurst", 5, 1, 1000, "Lines a player may say at once."),
        Whole("chatIntervalMilliseconds", 3000, 1, 600_000, "After those, one line per this many ms."),
    ];

    private static ConfigKey[] Storage() =>
    [
        new("database", KeyKind.Choice, null, "Where records are kept, and how silos and Gateway hosts find each other: a file of one machine, or a server that all hosts share.")
        {
            Hosts = HostKind.Both, Choices = ["sqlite", "postgres", "redis"], Otherwise = "as databaseOptionIndex says",
        },
        new("connectionString", KeyKind.Text, null, "How to reach that server, password included; best given as MMO_CONNECTIONSTRING in the environment.")
        {
            Hosts = HostKind.Both, IsSecret = true, Otherwise = "absent; PostgreSQL and Redis need it",
        },
        Whole("databaseWaitSeconds", 60, 0, 3600, "How long a start waits for a server that does not answer before it ends with exit code 4.") with { Hosts = HostKind.Both },
        new("storagePath", KeyKind.Path, "./data/mmo.db", "The SQLite file; its folder is created."),
        Whole("databaseOptionIndex", 0, 0, 2, "The kit's choice of database: 0 is SQLite, 2 is PostgreSQL; database comes before it.") with
        {
            Hosts = HostKind.Both,
            Fate = KeyFate.Honoured,
            RefusedValues = Sentences(("1", "MySQL is not supported; use 0 (SQLite) or 2 (PostgreSQL)")),
        },
        Switch("useCustomDatabaseClient", false, "The kit's database client of one's own.") with
        {
            Fate = KeyFate.Refused,
            RefusedValues = Sentences(("true", "data is kept by grain storage; a database client of one's own cannot be plugged in")),
        },
    ];

    private static ConfigKey[] WithoutUse() =>
    [
        Accepted("mapSpawnPort", "spawners work inside the silos and listen on no port"),
        Accepted("spawnExePath", MapsAreGrains),
        Accepted("notSpawnInBatchMode", MapsAreGrains) with { Kind = KeyKind.Switch, Default = "false" },
        Accepted("spawnStartPort", MapsAreGrains),
        Accepted("mapPort", MapsAreGrains),
        Accepted("spawnAllocateMaps", NoInstances),
        Accepted("instanceId", NoInstances),
        Accepted("instancePositionX", NoInstances),
        Accepted("instancePositionY", NoInstances),
        Accepted("instancePositionZ", NoInstances),
        Accepted("instanceRotationX", NoInstances),
        Accepted("instanceRotationY", NoInstances),
        Accepted("instanceRotationZ", NoInstances),
        Accepted("instanceOverrideRotation", NoInstances) with { Kind = KeyKind.Switch, Default = "false" },
        Accepted("allocate", NoInstances) with { Kind = KeyKind.Switch, Default = "false" },
        Accepted("databaseManagerAddress", StorageIsGrainStorage),
        Accepted("databaseManagerPort", StorageIsGrainStorage),
        Accepted("databaseManagerMaxConnections", StorageIsGrainStorage),
        Accepted("dbApiUrl", StorageIsGrainStorage),
        Accepted("dbSecretKey", StorageIsGrainStorage) with { IsSecret = true },
        Accepted("databaseCacheOptionIndex", GrainsAreTheCache),
        Accepted("disableDatabaseCaching", GrainsAreTheCache) with { Kind = KeyKind.Switch, Default = "false", OldNames = ["databaseDisableCacheReading"] },
        Accepted("chatPort", "chat goes through the game port"),
        Accepted("chatMaxConnections", "chat goes through the game port; centralMaxConnections counts"),
        Accepted("mapSpawnMaxConnections", "spawners work inside the silos and listen on no port"),
        Accepted("clientConfigUrl", "it is a key of the client"),
    ];

    private static ConfigKey Port(string name, int number, string meaning) => new(name, KeyKind.Port, Invariant(number), meaning);

    private static ConfigKey Whole(string name, int number, int minimum, int maximum, string meaning) =>
        new(name, KeyKind.Whole, Invariant(number), meaning) { Minimum = minimum, Maximum = maximum };

    private static ConfigKey Decimal(string name, double number, double minimum, double maximum, string meaning) =>
        new(name, KeyKind.Decimal, Invariant(number), meaning) { Minimum = minimum, Maximum = maximum };

    private static ConfigKey Switch(string name, bool on, string meaning) => new(name, KeyKind.Switch, on ? "true" : "false", meaning);

    private static ConfigKey Accepted(string name, string why) => new(name, KeyKind.Anything, null, $"Changes nothing: {why}.") { Fate = KeyFate.Accepted, Why = why };

    private static ImmutableSortedDictionary<string, string> Sentences(params (string Value, string Sentence)[] refused) =>
        refused.ToImmutableSortedDictionary(pair => pair.Value, pair => pair.Sentence, StringComparer.Ordinal);

    private static string Invariant(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
