using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Moves a running map to another silo, with everybody on it. They keep their connections and stand still for a moment: the map is saved and
/// frozen, starts again there, and gateways bring their players back to it.
/// </summary>
internal sealed partial class MapMover(IGrainFactory grains, TimeProvider time, ILogger<MapMover> logger)
{
    /// <summary>How long saving may take.</summary>
    private static readonly TimeSpan SaveLimit = TimeSpan.FromSeconds(4);

    /// <summary>How long a map may take until it runs on the other silo.</summary>
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Moves it, or leaves it as it was: false, when not all of it could be stored or somebody else moves it, or it did not go.</summary>
    public async Task<bool> TryMove(MapId map, SiloAddress target)
    {
        if (await Drain(map, DrainReason.Move) is not { } drained)
        {
            LogNotOurs(map, target);
            return false;
        }
        if (drained.IsStored && await Move(map, drained.Id, target))
            return true;
        LogStays(map, target, drained.Unsaved);
        await Resume(map, drained.Id);
        return false;
    }

    /// <summary>Freezes the map and saves everybody. Null: it does not run there, somebody else has it, or it did not answer.</summary>
    /// <param name="on">The silo that stops, if one does.</param>
    public async Task<MapDrained?> Drain(MapId map, DrainReason why, SiloAddress? on = null)
    {
        try
        {
            return await MapOf(map).Drain(SaveLimit, why, on);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogFailed(exception, map);
            return null;
        }
    }

    /// <summary>Moves a map that is saved. Where it goes is a hint that placement may not follow: what came of it is looked at.</summary>
    public async Task<bool> Move(MapId map, Guid drain, SiloAddress target)
    {
        try
        {
            if (await MapOf(map).MoveTo(drain, target) && await Arrives(map, target))
            {
                LogMoved(map, target);
                return true;
            }
            LogNotMoved(null, map, target);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNotMoved(exception, map, target);
        }
        return false;
    }

    /// <summary>The map goes when its turn is over, not while it is told to.</summary>
    private async Task<bool> Arrives(MapId map, SiloAddress target)
    {
        var orleans = grains.GetGrain<IManagementGrain>(0);
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < MoveLimit; await Task.Delay(BetweenLooks, time))
        {
            await MapOf(map).BringUp(MoveLimit);
            if (target.Equals(await orleans.GetActivationAddress(MapOf(map))))
                return true;
        }
        return false;
    }

    private async Task Resume(MapId map, Guid drain)
    {
        try
        {
            await MapOf(map).Resume(drain);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNotResumed(exception, map);
        }
    }

    private IMapGrain MapOf(MapId map) => grains.GetGrain<IMapGrain>(map.Key);

    [LoggerMessage(3012, LogLevel.Error, "Map {Map} did not say whether it is saved: what its players did since the last checkpoint may be lost if it stops")]
    private partial void LogFailed(Exception exception, MapId map);

    [LoggerMessage(3013, LogLevel.Information, "Map {Map} goes on on {Silo}")]
    private partial void LogMoved(MapId map, SiloAddress silo);

    [LoggerMessage(3014, LogLevel.Warning, "Map {Map} should have gone to {Silo} and is not there")]
    private partial void LogNotMoved(Exception? exception, MapId map, SiloAddress silo);

    [LoggerMessage(3015, LogLevel.Warning, "Map {Map} should have gone to {Silo} and did not: all of it has to be stored first, and {Unsaved} characters were not")]
    private partial void LogStays(MapId map, SiloAddress silo, int unsaved);

    [LoggerMessage(3017, LogLevel.Warning, "Map {Map} does not go to {Silo}: it does not run, or is being moved by somebody else")]
    private partial void LogNotOurs(MapId map, SiloAddress silo);

    [LoggerMessage(3016, LogLevel.Error, "Map {Map} could not be told to go on: it does so by itself within half a minute")]
    private partial void LogNotResumed(Exception exception, MapId map);
}
