using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Central;

/// <summary>Central's lines, and those of the silos' directories. Event ids 1000 to 1099.</summary>
internal static partial class CentralLog
{
    /// <param name="silos">Directories that are told of it.</param>
    internal static void Write(this ILogger log, DirectoryFact fact, int silos)
    {
        switch (fact)
        {
            case DirectoryFact.ChatJoined { Chat: var chat } joined:
                log.ChatRegistered(chat.Channel, chat.Address, chat.Port, chat.Silo, joined.Maps, silos);
                break;
            case DirectoryFact.ChatLeft { Chat: var chat }:
                log.ChatLeft(chat.Channel, chat.Silo);
                break;
            case DirectoryFact.MapSpawnJoined { Spawner: var spawner }:
                log.MapSpawnRegistered(spawner.Name, spawner.Address, spawner.Port, spawner.Silo, spawner.Maps);
                break;
            case DirectoryFact.MapSpawnLeft { Spawner: var spawner }:
                log.MapSpawnLeft(spawner.Name, spawner.Silo);
                break;
            case DirectoryFact.GatewayJoined { Gateway: var gateway }:
                log.GatewayReported(string.Join(", ", gateway.Endpoints), gateway.Silo);
                break;
            case DirectoryFact.GatewayLeft { Gateway: var gateway }:
                log.GatewayLeft(string.Join(", ", gateway.Endpoints), gateway.Silo);
                break;
            default:
                log.WriteMap(fact, silos);
                break;
        }
    }

    private static void WriteMap(this ILogger log, DirectoryFact fact, int silos)
    {
        switch (fact)
        {
            case DirectoryFact.MapJoined { Map: var map } joined:
                log.MapRegistered(map.Map, map.Address.Host, map.Address.Port, map.Silo, joined.Chat?.Channel ?? "no chat yet", joined.Others, silos);
                break;
            case DirectoryFact.MapTaken { Map: var map }:
                log.MapTaken(map.Map, map.Silo);
                break;
            case DirectoryFact.MapSuperseded { Map: var map, By: var by }:
                log.MapSuperseded(map.Map, map.Silo, by.Silo, by.Epoch);
                break;
            case DirectoryFact.MapLeft left:
                log.MapLeft(left.Map, left.Silo, left.Why, silos);
                break;
        }
    }

    [LoggerMessage(1000, LogLevel.Information, "Central waits for chat, map spawn and map servers")]
    internal static partial void CentralWaits(this ILogger log);

    [LoggerMessage(1001, LogLevel.Information, "Chat server {Channel} registered from {Address}:{Port} on {Silo}; told {Maps} maps through {Silos} silos")]
    private static partial void ChatRegistered(this ILogger log, string channel, string address, int port, string silo, int maps, int silos);

    [LoggerMessage(1002, LogLevel.Information, "Map spawn server {Name} registered from {Address}:{Port} on {Silo} for {Maps} maps")]
    private static partial void MapSpawnRegistered(this ILogger log, string name, string address, int port, string silo, int maps);

    [LoggerMessage(1003, LogLevel.Information, "Map {Map} registered from {Address}:{Port} on {Silo}; told it of {Chat} and {Others} other maps, and the others of it through {Silos} silos")]
    private static partial void MapRegistered(this ILogger log, MapId map, string address, int port, string silo, string chat, int others, int silos);

    [LoggerMessage(1004, LogLevel.Information, "Map {Map} on {Silo} left: {Why}; told the others through {Silos} silos")]
    private static partial void MapLeft(this ILogger log, MapId map, string silo, string why, int silos);

    [LoggerMessage(1005, LogLevel.Warning, "Map {Map} on {Silo} was refused: a later one is on {OtherSilo} with epoch {Epoch}")]
    private static partial void MapSuperseded(this ILogger log, MapId map, string silo, string otherSilo, Fence epoch);

    [LoggerMessage(1006, LogLevel.Information, "Map {Map} taken from the report of {Silo}")]
    private static partial void MapTaken(this ILogger log, MapId map, string silo);

    [LoggerMessage(1007, LogLevel.Warning, "Chat server {Channel} on {Silo} is silent and no longer listed")]
    private static partial void ChatLeft(this ILogger log, string channel, string silo);

    [LoggerMessage(1008, LogLevel.Warning, "Map spawn server {Name} on {Silo} is silent and no longer listed")]
    private static partial void MapSpawnLeft(this ILogger log, string name, string silo);

    [LoggerMessage(1009, LogLevel.Information, "Gateway {Endpoints} of silo '{Silo}' reported")]
    private static partial void GatewayReported(this ILogger log, string endpoints, string silo);

    [LoggerMessage(1010, LogLevel.Information, "Gateway {Endpoints} of silo '{Silo}' is silent and no longer listed")]
    private static partial void GatewayLeft(this ILogger log, string endpoints, string silo);

    [LoggerMessage(1020, LogLevel.Warning, "This silo's directory could not report to Central: {Why}; next try in {Wait}")]
    internal static partial void ReportFailed(this ILogger log, string why, TimeSpan wait);

    [LoggerMessage(1021, LogLevel.Information, "This silo's directory reports to Central again")]
    internal static partial void ReportsAgain(this ILogger log);

    [LoggerMessage(1022, LogLevel.Information, "This silo's directory follows Central {Life}, which told it of {Maps} maps")]
    internal static partial void FollowsCentral(this ILogger log, Guid life, int maps);

    [LoggerMessage(1023, LogLevel.Information, "This silo's directory could not take its leave from Central: {Why}")]
    internal static partial void LeaveFailed(this ILogger log, string why);
}
