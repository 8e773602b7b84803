using System.Collections.Immutable;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Silo.Hosting;

/// <summary>The maps that this silo's configuration wants up, and what is wrong with their files.</summary>
/// <param name="Maps">spawnMaps x spawnChannels, and the one map of -startMapServer.</param>
internal sealed record WantedMaps(ImmutableArray<MapId> Maps, ImmutableArray<string> Warnings, string StartMap)
{
    /// <exception cref="StartFailure">A map that the configuration names has no usable file.</exception>
    public static WantedMaps Read(ServerSettings settings, IMapSource source)
    {
        var world = settings.World;
        var names = world.SpawnMaps ?? [.. source.Names()];
        RequireAll(names, source, "spawnMaps");
        if (world.StartMap is { } start)
            RequireAll([start], source, "startMap");
        return new WantedMaps(
            Wanted(settings.Roles, names, world.SpawnChannels, source),
            [.. MapWarnings.UnknownWarpTargets(source), .. MapWarnings.BlockedWarpTargets(source)],
            world.StartMap ?? names.FirstOrDefault() ?? source.Names().FirstOrDefault() ?? "");
    }

    private static ImmutableArray<MapId> Wanted(RoleSettings roles, ImmutableArray<string> names, ImmutableArray<string> channels, IMapSource source)
    {
        var spawned = roles.RunsSpawner
            ? from channel in channels from name in names select new MapId(channel, name)
            : [];
        if (roles.EnsuredMap is not { } ensured)
            return [.. spawned];
        RequireAll([ensured.MapName], source, "mapName");
        return [.. spawned.Append(new MapId(ensured.ChannelId, ensured.MapName)).Distinct()];
    }

    private static void RequireAll(ImmutableArray<string> names, IMapSource source, string key)
    {
        foreach (var name in names)
        {
            var trouble = source.Load(name) switch
            {
                MapLoad.Missing missing => missing.Reason,
                MapLoad.Refused refused => $"{refused.File}: {refused.Reason}",
                _ => null,
            };
            if (trouble is not null)
                throw new StartFailure(ExitCode.Configuration, $"{key} names map \"{name}\": {trouble}");
        }
    }
}
