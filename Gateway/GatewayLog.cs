using MmoOrleans.GrainInterfaces;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Gateway;

/// <summary>Everything a gateway logs. Event ids 2000 to 2199. Information is for operators, Debug is per player, moves never.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(2000, LogLevel.Information, "Gateway {Gateway} listens on {Endpoints}")]
    public static partial void Listening(ILogger log, GatewayId gateway, string endpoints);

    [LoggerMessage(2001, LogLevel.Information, "Gateway {Gateway} closes {Connections} connections: {Why}")]
    public static partial void ClosingAll(ILogger log, GatewayId gateway, int connections, Refusal why);

    [LoggerMessage(2002, LogLevel.Warning, "The cluster is not there yet, trying again: {Reason}")]
    public static partial void ClusterMissing(ILogger log, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Health asked the cluster in vain: {Reason}")]
    public static partial void HealthUnanswered(ILogger log, string reason);

    [LoggerMessage(2010, LogLevel.Debug, "Connection {Connection} from {Address} over {Transport}")]
    public static partial void Connected(ILogger log, long connection, System.Net.IPAddress address, string transport);

    [LoggerMessage(2011, LogLevel.Debug, "Connection {Connection} over {Transport} is {Client}")]
    public static partial void Greeted(ILogger log, long connection, string transport, string client);

    [LoggerMessage(2012, LogLevel.Debug, "Connection {Connection} is over")]
    public static partial void Disconnected(ILogger log, long connection);

    [LoggerMessage(2013, LogLevel.Warning, "Connection from {Address} refused: {Why}; {Others} others since the last such line")]
    public static partial void ConnectionRefused(ILogger log, System.Net.IPAddress address, Refusal why, int others);

    [LoggerMessage(2014, LogLevel.Error, "Connection {Connection} failed")]
    public static partial void ConnectionFailed(ILogger log, Exception exception, long connection);

    [LoggerMessage(2015, LogLevel.Warning, "The game port could not let a client in, it will again: {Reason}")]
    public static partial void NotAccepted(ILogger log, string reason);

    [LoggerMessage(2016, LogLevel.Error, "A client of the game port could not be served")]
    public static partial void NotServed(ILogger log, Exception exception);

    [LoggerMessage(2017, LogLevel.Debug, "A client of the game port did not get through its TLS handshake: {Reason}")]
    public static partial void NoHandshake(ILogger log, string reason);

    [LoggerMessage(2020, LogLevel.Warning, "{Command} was not answered by the cluster: {Kind}: {Reason}")]
    public static partial void GrainUnavailable(ILogger log, Command command, string kind, string reason);

    [LoggerMessage(2021, LogLevel.Error, "{Command} failed")]
    public static partial void RequestFailed(ILogger log, Exception exception, Command command);

    [LoggerMessage(2022, LogLevel.Warning, "Could not tell the cluster that connection {Connection} is gone: {Reason}")]
    public static partial void DepartureUntold(ILogger log, long connection, string reason);

    [LoggerMessage(2023, LogLevel.Debug, "Connection {Connection} could not renew its session, it will again: {Reason}")]
    public static partial void NotRenewed(ILogger log, long connection, string reason);

    [LoggerMessage(2030, LogLevel.Debug, "Connection {Connection} logged in as account {Account}, epoch {Epoch}")]
    public static partial void LoggedIn(ILogger log, long connection, AccountId account, long epoch);

    [LoggerMessage(2031, LogLevel.Debug, "Connection {Connection} entered {Map} with character {Character} as entity {Entity}")]
    public static partial void EnteredMap(ILogger log, long connection, MapId map, CharacterId character, int entity);

    [LoggerMessage(2040, LogLevel.Information, "Joined the feed of {Map} at fence {Fence} with {Players} players")]
    public static partial void JoinedFeed(ILogger log, MapId map, Fence fence, int players);

    [LoggerMessage(2041, LogLevel.Warning, "The feed of {Map} does not answer, trying again: {Reason}")]
    public static partial void FeedSilent(ILogger log, MapId map, string reason);

    [LoggerMessage(2042, LogLevel.Information, "Parted from the feed of {Map}")]
    public static partial void PartedFeed(ILogger log, MapId map);

    [LoggerMessage(2043, LogLevel.Information, "The feed of {Map} must be joined again: {Reason}")]
    public static partial void RejoiningFeed(ILogger log, MapId map, string reason);

    [LoggerMessage(2044, LogLevel.Error, "A frame of {Map} could not be served")]
    public static partial void FrameFailed(ILogger log, Exception exception, MapId map);

    [LoggerMessage(2045, LogLevel.Error, "The feed of {Map} broke; its players are told to connect again")]
    public static partial void FeedBroken(ILogger log, Exception exception, MapId map);

    [LoggerMessage(2050, LogLevel.Warning, "Central does not take reports: {Reason}")]
    public static partial void CentralSilent(ILogger log, string reason);

    [LoggerMessage(2051, LogLevel.Information, "Central takes reports")]
    public static partial void CentralReached(ILogger log);
}
