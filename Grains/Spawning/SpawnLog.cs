using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Spawning;

/// <summary>The map spawners' lines. Event ids 1200 to 1299.</summary>
internal static partial class SpawnLog
{
    [LoggerMessage(1200, LogLevel.Information, "Map spawn server {Name} is up and asks Central to be accepted")]
    internal static partial void SpawnerIsUp(this ILogger log, string name);

    [LoggerMessage(1201, LogLevel.Information, "Map spawn server {Name} is registered with Central and spawns {Maps} maps")]
    internal static partial void Registered(this ILogger log, string name, int maps);

    [LoggerMessage(1202, LogLevel.Warning, "Map spawn server {Name} could not register with Central and tries again: {Why}")]
    internal static partial void RegistrationFailed(this ILogger log, string name, string why);

    [LoggerMessage(1203, LogLevel.Warning, "Another activation has taken map spawn server {Name} over: this one stops")]
    internal static partial void Superseded(this ILogger log, string name);

    [LoggerMessage(1204, LogLevel.Information, "Map spawn server {Name}: silo {Silo} wants {Maps} maps, {All} are wanted in all")]
    internal static partial void SiloWants(this ILogger log, string name, string silo, int maps, int all);

    [LoggerMessage(1205, LogLevel.Information, "Map spawn server {Name}: silo {Silo} {Why}, {All} maps are wanted in all")]
    internal static partial void SiloWantsNoMore(this ILogger log, string name, string silo, string why, int all);

    [LoggerMessage(1206, LogLevel.Information, "Map {Map} is spawned, in {Milliseconds:0} ms")]
    internal static partial void MapIsUp(this ILogger log, MapId map, double milliseconds);

    [LoggerMessage(1207, LogLevel.Warning, "Map {Map} did not start: {Why} (failure {Failures} of {Budget}, next try in {Seconds:0} s)")]
    internal static partial void MapFailed(this ILogger log, MapId map, string why, int failures, int budget, double seconds);

    [LoggerMessage(1208, LogLevel.Error, "Map {Map} is given up after {Failures} failures, the last: {Why} Next try in {Seconds:0} s")]
    internal static partial void MapGivenUp(this ILogger log, MapId map, string why, int failures, double seconds);

    [LoggerMessage(1209, LogLevel.Warning, "Map {Map} died and is brought back: {Why} (failure {Failures} of {Budget})")]
    internal static partial void MapDied(this ILogger log, MapId map, string why, int failures, int budget);

    [LoggerMessage(1211, LogLevel.Information, "Map {Map} is stopped: no silo wants it and nobody is on it")]
    internal static partial void MapRetired(this ILogger log, MapId map);

    [LoggerMessage(1210, LogLevel.Warning, "Silo {Silo} could not tell map spawn server {Name} which maps it wants: {Why}")]
    internal static partial void LeaseFailed(this ILogger log, string silo, string name, string why);
}
