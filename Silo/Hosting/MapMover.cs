using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Moves a running map to another silo, with everybody on it. They keep their connections and stand still for a moment: the map is saved and
/// frozen, starts again there, and gateways bring their players back to it.
/// </summary>
internal sealed partial class MapMover(IGrainFactory grains, ILogger<MapMover> logger)
{
    /// <summary>How long saving may take.</summary>
    public static readonly TimeSpan SaveLimit = TimeSpan.FromSeconds(4);

    /// <summary>How long a map may take until it runs on the other silo.</summary>
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(2);

    /// <summary>Moves it, or leaves it as it was when somebody on it could not be saved: false, as when it does not run there.</summary>
    public async Task<bool> TryMove(MapId map, SiloAddress target)
    {
        if (await Save(map, thenMoves: true) == 0)
            return await Move(map, target);
        LogStays(map, target);
        await Resume(map);
        return false;
    }

    /// <summary>Freezes the map and saves everybody. Answers how many characters could not be saved; null: it did not say.</summary>
    public async Task<int?> Save(MapId map, bool thenMoves)
    {
        try
        {
            return await MapOf(map).Drain(SaveLimit, thenMoves);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogFailed(exception, map);
            return null;
        }
    }

    /// <summary>Moves a map that is saved. Where it goes is a hint that placement may not follow: what came of it is looked at.</summary>
    public async Task<bool> Move(MapId map, SiloAddress target)
    {
        try
        {
            await Migrate(MapOf(map), target);
            await MapOf(map).BringUp(MoveLimit);
            var at = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(MapOf(map));
            if (target.Equals(at))
                LogMoved(map, target);
            else
                LogNotMoved(null, map, target, at?.ToString() ?? "nowhere");
            return target.Equals(at);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNotMoved(exception, map, target, "not answering");
            return false;
        }
    }

    private async Task Resume(MapId map)
    {
        try
        {
            await MapOf(map).Resume();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNotResumed(exception, map);
        }
    }

    /// <summary>The hint is for this one call: in an async method of its own the context ends with it.</summary>
    private static async Task Migrate(IMapGrain grain, SiloAddress target)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        await grain.AsReference<IGrainManagementExtension>().MigrateOnIdle();
    }

    private IMapGrain MapOf(MapId map) => grains.GetGrain<IMapGrain>(map.Key);

    [LoggerMessage(3012, LogLevel.Error, "Map {Map} did not drain: what its players did since the last checkpoint may not be saved")]
    private partial void LogFailed(Exception exception, MapId map);

    [LoggerMessage(3013, LogLevel.Information, "Map {Map} goes on on {Silo}")]
    private partial void LogMoved(MapId map, SiloAddress silo);

    [LoggerMessage(3014, LogLevel.Warning, "Map {Map} should have gone to {Silo} and is {Where}: it starts again from what was saved when it is next asked for")]
    private partial void LogNotMoved(Exception? exception, MapId map, SiloAddress silo, string where);

    [LoggerMessage(3015, LogLevel.Warning, "Map {Map} should have gone to {Silo} and stays: not everybody on it could be saved")]
    private partial void LogStays(MapId map, SiloAddress silo);

    [LoggerMessage(3016, LogLevel.Error, "Map {Map} could not be told to go on: it does so by itself within half a minute")]
    private partial void LogNotResumed(Exception exception, MapId map);
}
