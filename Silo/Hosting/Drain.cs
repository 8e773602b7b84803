using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Saves everybody before the silo stops, and moves its maps to the other silos where there are any: players whose client is connected
/// elsewhere stand still for a moment, and those who are told to go to another gateway afterwards find their map running. It runs in the
/// host's stopping phase, ahead of every service's own stop, while sockets are open and every grain still answers: a graceful
/// stop of Orleans deactivates all grains in parallel, too late for a map to save through another grain.
/// </summary>
internal sealed partial class Drain(ILocalDirectory directory, MapTargets targets, MapMover mover, ILocalSiloDetails here, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService
{
    /// <summary>How long the others may take to hear of it. Nobody stands still meanwhile.</summary>
    private static readonly TimeSpan WordLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Until gateways have brought their players back to a map that has moved. Those of this silo's own gateway walk again before they are told
    /// to go to another: they stand still twice, but not for as long.
    /// </summary>
    private static readonly TimeSpan UntilTheyWalkAgain = TimeSpan.FromMilliseconds(500);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await directory.Leave(WordLimit);
        var maps = directory.LocalMaps;
        LogBegun(maps.Count, maps.Sum(map => map.Users));
        var going = targets.For(maps);
        var isSomebodyMoved = maps.Any(map => map.Users > 0 && going.ContainsKey(map.Connection.Map));
        var unsaved = await Task.WhenAll(maps.Select(map => HandOver(map, going.GetValueOrDefault(map.Connection.Map))));
        LogEnded(unsaved.Sum() + await SaveLatecomers(maps));
        if (isSomebodyMoved)
            await Task.Delay(UntilTheyWalkAgain, time, CancellationToken.None);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Answers how many characters could not be saved.</summary>
    private async Task<int> HandOver(ILocalMap map, SiloAddress? target)
    {
        var (id, users) = (map.Connection.Map, map.Users);
        var drained = await mover.Drain(id, target is null ? DrainReason.Stop : DrainReason.StopAndMove, here.SiloAddress);
        if (target is not null && drained is { IsStored: true }) // Else there is still time here to save it.
            await mover.Move(id, drained.Id, target);
        return drained?.Unsaved ?? users;
    }

    /// <summary>Maps that came meanwhile, of another silo that stops as well or back from where they should have gone, are saved and stay.</summary>
    private async Task<int> SaveLatecomers(IEnumerable<ILocalMap> handled)
    {
        var (known, unsaved) = (handled.ToHashSet(), 0);
        while (directory.LocalMaps.Where(known.Add).ToList() is { Count: > 0 } late)
            unsaved += (await Task.WhenAll(late.Select(map => HandOver(map, target: null)))).Sum();
        return unsaved;
    }

    [LoggerMessage(3010, LogLevel.Information, "Stopping: saving {Players} players on {Maps} maps")]
    private partial void LogBegun(int maps, int players);

    [LoggerMessage(3011, LogLevel.Information, "Everybody is saved but {Unsaved} characters")]
    private partial void LogEnded(int unsaved);
}
