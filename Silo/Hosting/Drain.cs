using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Saves everybody before the silo stops. It runs in the host's stopping phase, ahead of every service's own stop, while sockets
/// are open and every grain still answers: a graceful stop of Orleans deactivates all grains in parallel, too late for a map to
/// save through another grain.
/// </summary>
internal sealed partial class Drain(ILocalDirectory directory, IGrainFactory grains, ILogger<Drain> logger) : IHostedLifecycleService
{
    /// <summary>How long saving may take before the silo stops regardless.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var maps = directory.LocalMaps;
        LogBegun(maps.Count, maps.Sum(map => map.Users));
        var unsaved = await Task.WhenAll(maps.Select(DrainMap));
        LogEnded(unsaved.Sum());
    }

    private async Task<int> DrainMap(ILocalMap map)
    {
        try
        {
            return await grains.GetGrain<IMapGrain>(map.Connection.Map.Key).Drain(Limit);
        }
        catch (Exception exception) when (exception is TimeoutException or Orleans.Runtime.OrleansException)
        {
            LogMapFailed(exception, map.Connection.Map.Key, map.Users);
            return map.Users;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3010, LogLevel.Information, "Stopping: saving {Players} players on {Maps} maps")]
    private partial void LogBegun(int maps, int players);

    [LoggerMessage(3011, LogLevel.Information, "Everybody is saved but {Unsaved} characters")]
    private partial void LogEnded(int unsaved);

    [LoggerMessage(3012, LogLevel.Error, "Map {Map} did not drain; its {Players} players keep what the last checkpoint has")]
    private partial void LogMapFailed(Exception exception, string map, int players);
}
