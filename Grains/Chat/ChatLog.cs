using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Chat;

/// <summary>The chat channels' lines. Event ids 1100 to 1199.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(1100, LogLevel.Information, "Chat channel {Channel} is up: last line {Head}, {Lines} lines kept")]
    internal static partial void ChannelIsUp(this ILogger log, string channel, Fence head, int lines);

    [LoggerMessage(1101, LogLevel.Information, "Chat channel {Channel} is registered with Central")]
    internal static partial void Registered(this ILogger log, string channel);

    [LoggerMessage(1102, LogLevel.Warning, "Chat channel {Channel} could not register with Central and tries again: {Why}")]
    internal static partial void RegistrationFailed(this ILogger log, string channel, string why);

    [LoggerMessage(1103, LogLevel.Warning, "Another activation has taken chat channel {Channel} over: this one stops")]
    internal static partial void Superseded(this ILogger log, string channel);

    [LoggerMessage(1104, LogLevel.Information, "Map {Map} connected to chat channel {Channel}, last line {Head}")]
    internal static partial void MapConnected(this ILogger log, MapId map, string channel, Fence head);

    [LoggerMessage(1105, LogLevel.Information, "Map {Map} may not connect to chat channel {Channel} yet: {Why}")]
    internal static partial void MapRefused(this ILogger log, MapId map, string channel, string why);

    [LoggerMessage(1106, LogLevel.Information, "Map {Map} is no longer connected to chat channel {Channel}")]
    internal static partial void MapGone(this ILogger log, MapId map, string channel);

    [LoggerMessage(1107, LogLevel.Information, "Chat channel {Channel} claimed incarnation {Incarnation}")]
    internal static partial void Claimed(this ILogger log, string channel, long incarnation);

    [LoggerMessage(1108, LogLevel.Warning, "The storage of chat channel {Channel} failed")]
    internal static partial void StoreFailed(this ILogger log, Exception failure, string channel);

    [LoggerMessage(1109, LogLevel.Warning, "{Lines} lines of chat channel {Channel} were not published; the maps will ask for them")]
    internal static partial void PublishFailed(this ILogger log, Exception failure, string channel, int lines);

    [LoggerMessage(1110, LogLevel.Warning, "Chat channel {Channel} does not answer this silo: {Why}")]
    internal static partial void ChannelDoesNotAnswer(this ILogger log, string channel, string why);

    [LoggerMessage(1111, LogLevel.Error, "Lines of chat channel {Channel} could not be said")]
    internal static partial void CommitFailed(this ILogger log, Exception failure, string channel);

    [LoggerMessage(1112, LogLevel.Information, "The chat stream's queue is asked to move to {Silo}, which reads it")]
    internal static partial void QueueIsAskedToMove(this ILogger log, SiloAddress silo);

    [LoggerMessage(1113, LogLevel.Warning, "The chat stream's queue could not be looked after: {Why}")]
    internal static partial void QueueIsNotLookedAfter(this ILogger log, string why);
}
