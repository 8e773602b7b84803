using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps;

/// <summary>The log lines of maps: 1300 to 1499. Information is what an operator follows the workflow by; Debug is per player.</summary>
internal static partial class MapLog
{
    [LoggerMessage(1300, LogLevel.Information, "Map {Map} started: {Width} x {Length} m, {Warps} warps")]
    public static partial void Started(ILogger log, MapId map, int width, int length, int warps);

    [LoggerMessage(1301, LogLevel.Warning, "Map {Map} is closed: {Reason}")]
    public static partial void Closed(ILogger log, string map, string reason);

    [LoggerMessage(1302, LogLevel.Warning, "Map {Map} stops: {Reason}")]
    public static partial void Stops(ILogger log, MapId map, string reason);

    [LoggerMessage(1303, LogLevel.Information, "Map {Map} drains {Players} players")]
    public static partial void Drains(ILogger log, MapId map, int players);

    [LoggerMessage(1306, LogLevel.Information, "Map {Map} goes on with its {Players} players: it was to move, and stays")]
    public static partial void Resumes(ILogger log, MapId map, int players);

    [LoggerMessage(1304, LogLevel.Information, "Map {Map} has drained, {Unsaved} characters could not be saved")]
    public static partial void Drained(ILogger log, MapId map, int unsaved);

    [LoggerMessage(1305, LogLevel.Information, "Map {Map} goes on on {Silo}; where it was it had the fence {Fence}")]
    public static partial void GoesOn(ILogger log, MapId map, string silo, Fence fence);

    [LoggerMessage(1310, LogLevel.Information, "Map {Map} registers with Central: address {Address}, {Users} users, capacity {Capacity}")]
    public static partial void Registers(ILogger log, MapId map, string address, int users, int capacity);

    [LoggerMessage(1311, LogLevel.Information, "Map {Map} is registered with Central and has learned of chat ({Chat}) and {Maps} other maps")]
    public static partial void Registered(ILogger log, MapId map, string chat, int maps);

    [LoggerMessage(1312, LogLevel.Warning, "Map {Map} could not register with Central: {Reason}")]
    public static partial void RegistrationFailed(ILogger log, MapId map, string reason);

    [LoggerMessage(1320, LogLevel.Information, "Map {Map} is connected to chat channel {Channel} at line {Head}")]
    public static partial void ChatConnected(ILogger log, MapId map, string channel, Fence head);

    [LoggerMessage(1321, LogLevel.Warning, "Map {Map} could not connect to chat channel {Channel}: {Reason}")]
    public static partial void ChatRefused(ILogger log, MapId map, string channel, string reason);

    [LoggerMessage(1322, LogLevel.Information, "Map {Map} listens to chat channel {Channel}")]
    public static partial void ChatSubscribed(ILogger log, MapId map, string channel);

    [LoggerMessage(1323, LogLevel.Information, "Map {Map} no longer listens to chat channel {Channel}")]
    public static partial void ChatUnsubscribed(ILogger log, MapId map, string channel);

    [LoggerMessage(1324, LogLevel.Debug, "Map {Map} missed lines of chat after {Position} and asks for them")]
    public static partial void ChatGap(ILogger log, MapId map, Fence position);

    [LoggerMessage(1325, LogLevel.Debug, "Character {Character} says something on map {Map}: {Kind}, {Outcome}")]
    public static partial void Said(ILogger log, CharacterId character, MapId map, ChatLineKind kind, string outcome);

    [LoggerMessage(1330, LogLevel.Information, "Map {Map} has claimed incarnation {Incarnation} with {Carried} positions of its last checkpoint")]
    public static partial void Claimed(ILogger log, MapId map, long incarnation, int carried);

    [LoggerMessage(1331, LogLevel.Warning, "Map {Map} could not claim its incarnation: {Reason}")]
    public static partial void ClaimFailed(ILogger log, MapId map, string reason);

    [LoggerMessage(1332, LogLevel.Warning, "Map {Map} could not store its checkpoint, it plays on: {Reason}")]
    public static partial void CheckpointFailed(ILogger log, MapId map, string reason);

    [LoggerMessage(1333, LogLevel.Error, "Map {Map} cannot read its checkpoint; characters start from their own records")]
    public static partial void CheckpointUnreadable(ILogger log, Exception error, MapId map);

    [LoggerMessage(1334, LogLevel.Warning, "Character {Character} of map {Map} could not be saved yet: {Reason}")]
    public static partial void SaveFailed(ILogger log, CharacterId character, MapId map, string reason);

    [LoggerMessage(1336, LogLevel.Error, "Map {Map} cannot read what its systems kept; they start from nothing")]
    public static partial void SystemStatesUnreadable(ILogger log, Exception error, MapId map);

    [LoggerMessage(1340, LogLevel.Debug, "Character {Character} entered map {Map} as entity {Entity} for owner {Owner}")]
    public static partial void Entered(ILogger log, CharacterId character, MapId map, int entity, Fence owner);

    [LoggerMessage(1341, LogLevel.Debug, "Character {Character} was refused on map {Map}: {Code}")]
    public static partial void EntryRefused(ILogger log, CharacterId character, MapId map, RefusalCode code);

    [LoggerMessage(1342, LogLevel.Debug, "Character {Character} leaves map {Map}: {Kind}")]
    public static partial void Leaves(ILogger log, CharacterId character, MapId map, LeaveKind kind);

    [LoggerMessage(1343, LogLevel.Information, "Gateway {Gateway} joined map {Map} with {Players} players")]
    public static partial void GatewayJoined(ILogger log, GatewayId gateway, MapId map, int players);

    [LoggerMessage(1344, LogLevel.Warning, "Gateway {Gateway} was dropped by map {Map}: {Reason}")]
    public static partial void GatewayDropped(ILogger log, GatewayId gateway, MapId map, string reason);

    [LoggerMessage(1350, LogLevel.Debug, "Character {Character} warps from map {Map} to {Target}: {Outcome}")]
    public static partial void Warped(ILogger log, CharacterId character, MapId map, MapId target, string outcome);

    [LoggerMessage(1360, LogLevel.Error, "System {System} of map {Map} failed at entity {Entity} (0: none)")]
    public static partial void SystemFailed(ILogger log, Exception error, MapId map, string system, int entity);

    [LoggerMessage(1361, LogLevel.Error, "System {System} of map {Map} wants to keep {Bytes} bytes, more than {Most}: nothing of it is kept")]
    public static partial void SystemStateTooLarge(ILogger log, MapId map, string system, int bytes, int most);

    [LoggerMessage(1362, LogLevel.Error, "Work that a system of map {Map} asked for failed")]
    public static partial void ErrandFailed(ILogger log, Exception error, MapId map);

    [LoggerMessage(1364, LogLevel.Error, "Work that a system of map {Map} asked for took longer than {Deadline} and was given up")]
    public static partial void ErrandLate(ILogger log, MapId map, TimeSpan deadline);

    [LoggerMessage(1363, LogLevel.Error, "A result that map {Map} waited for could not be applied")]
    public static partial void ResultFailed(ILogger log, Exception error, MapId map);
}
