using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Saves everybody before the silo stops, and moves its maps to the other silos where there are any: players whose client is connected
/// elsewhere stand still for a moment, and those who are told to go to another gateway afterwards find their map running. It runs in the
/// host's stopping phase, ahead of every service's own stop, while sockets are open and every grain still answers: a graceful
/// stop of Orleans deactivates all grains in parallel, too late for a map to save through another grain.
/// </summary>
internal sealed partial class Drain(ILocalDirectory directory, MapTargets targets, IGrainFactory grains, ILogger<Drain> logger) : IHostedLifecycleService
{
    /// <summary>How long saving may take before the silo stops regardless.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>How long a map may take until it runs on the other silo.</summary>
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(2);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var maps = directory.LocalMaps;
        LogBegun(maps.Count, maps.Sum(map => map.Users));
        var going = targets.For(maps);
        var unsaved = await Task.WhenAll(maps.Select(map => HandOver(map, going.GetValueOrDefault(map.Connection.Map))));
        LogEnded(unsaved.Sum() + await SaveLatecomers(maps));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> HandOver(ILocalMap map, SiloAddress? target)
    {
        var grain = grains.GetGrain<IMapGrain>(map.Connection.Map.Key);
        var unsaved = await Save(grain, map, thenMoves: target is not null);
        if (target is not null && unsaved == 0) // Else there is still time here to save them.
            await Move(grain, map.Connection.Map, target);
        return unsaved;
    }

    /// <summary>Maps that came meanwhile, of another silo that stops as well or back from where they should have gone, are saved and stay.</summary>
    private async Task<int> SaveLatecomers(IEnumerable<ILocalMap> handled)
    {
        var (known, unsaved) = (handled.ToHashSet(), 0);
        while (directory.LocalMaps.Where(known.Add).ToList() is { Count: > 0 } late)
            unsaved += (await Task.WhenAll(late.Select(map => HandOver(map, target: null)))).Sum();
        return unsaved;
    }

    /// <summary>Answers how many characters could not be saved.</summary>
    private async Task<int> Save(IMapGrain grain, ILocalMap map, bool thenMoves)
    {
        var users = map.Users;
        try
        {
            return await grain.Drain(Limit, thenMoves);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogMapFailed(exception, map.Connection.Map, users);
            return users;
        }
    }

    /// <summary>Where a map goes is a hint that placement may not follow: what came of it is looked at.</summary>
    private async Task Move(IMapGrain grain, MapId map, SiloAddress target)
    {
        try
        {
            await Migrate(grain, target);
            await grain.BringUp(MoveLimit);
            var at = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
            if (target.Equals(at))
                LogMoved(map, target);
            else
                LogNotMoved(null, map, target, at?.ToString() ?? "nowhere");
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNotMoved(exception, map, target, "not answering");
        }
    }

    /// <summary>The hint is for this one call: in an async method of its own the context ends with it.</summary>
    private static async Task Migrate(IMapGrain grain, SiloAddress target)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        await grain.AsReference<IGrainManagementExtension>().MigrateOnIdle();
    }

    [LoggerMessage(3010, LogLevel.Information, "Stopping: saving {Players} players on {Maps} maps")]
    private partial void LogBegun(int maps, int players);

    [LoggerMessage(3011, LogLevel.Information, "Everybody is saved but {Unsaved} characters")]
    private partial void LogEnded(int unsaved);

    [LoggerMessage(3012, LogLevel.Error, "Map {Map} did not drain; its {Players} players keep what the last checkpoint has")]
    private partial void LogMapFailed(Exception exception, MapId map, int players);

    [LoggerMessage(3013, LogLevel.Information, "Map {Map} goes on on {Silo}")]
    private partial void LogMoved(MapId map, SiloAddress silo);

    [LoggerMessage(3014, LogLevel.Warning, "Map {Map} should have gone to {Silo} and is {Where}: it starts again from what was saved when it is next asked for")]
    private partial void LogNotMoved(Exception? exception, MapId map, SiloAddress silo, string where);
}
