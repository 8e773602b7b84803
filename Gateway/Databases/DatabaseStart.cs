using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Databases;

/// <summary>
/// Reaches and prepares a shared database before any hosted service starts, Orleans among them: a silo that failed for want of
/// storage would have joined its cluster first. A server that is not there yet is waited for, with growing pauses; one that
/// refuses is not.
/// </summary>
internal sealed partial class DatabaseStart(
    DatabaseSettings settings,
    ISharedDatabase database,
    IEnumerable<IDatabasePreparation> preparations,
    TimeProvider time,
    ILogger<DatabaseStart> log) : IHostedLifecycleService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var pause = FirstPause;
        while (await Try(cancellationToken) is { } trouble)
        {
            var left = settings.Wait - time.GetElapsedTime(began);
            if (!trouble.MayPass || left <= TimeSpan.Zero)
                throw Unavailable(trouble);
            LogWaiting(log, database.Name, trouble.Words, (int)left.TotalSeconds);
            await Task.Delay(pause < left ? pause : left, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        LogReached(log, database.Name, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null: it is ready.</summary>
    private async Task<DatabaseTrouble?> Try(CancellationToken cancellation)
    {
        try
        {
            await database.Reach(cancellation);
            foreach (var preparation in preparations)
                await preparation.Prepare(cancellation);
            return null;
        }
        catch (Exception failure) when (database.Explain(failure) is not null)
        {
            return database.Explain(failure);
        }
    }

    // Without the client's own exception: some quote what they were given.
    private StorageUnavailableException Unavailable(DatabaseTrouble trouble)
    {
        var waited = trouble.MayPass ? $" after {settings.Wait.TotalSeconds:0} s (databaseWaitSeconds)" : "";
        return new StorageUnavailableException($"{DatabaseSettings.ConnectionStringKey}: {database.Name} {trouble.Words}{waited}.");
    }

    [LoggerMessage(2060, LogLevel.Warning, "{Database} {Trouble}; trying again for {Seconds} s")]
    private static partial void LogWaiting(ILogger log, string database, string trouble, int seconds);

    [LoggerMessage(2061, LogLevel.Information, "{Database} is ready after {Milliseconds} ms")]
    private static partial void LogReached(ILogger log, string database, long milliseconds);
}
