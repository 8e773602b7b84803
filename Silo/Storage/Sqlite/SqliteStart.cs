using System.Diagnostics;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Opens the file before any hosted service starts, the silo among them: a silo that failed for want of storage would have
/// joined its cluster first.
/// </summary>
internal sealed partial class SqliteStart(SqliteFile file, ILogger<SqliteStart> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        file.Open();
        LogOpened(log, file.Path, SqliteSchema.Version, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (file.IsOpenToOthers())
            LogOpenToOthers(log, file.Path);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes the pooled connections, and with the last one SQLite folds its log into the file.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        file.Close();
        return Task.CompletedTask;
    }

    [LoggerMessage(3201, LogLevel.Warning, "Storage {Path} can be read by other users of this machine: chmod 600 it")]
    private static partial void LogOpenToOthers(ILogger log, string path);

    [LoggerMessage(3200, LogLevel.Information, "Storage {Path} is open at schema {Version} after {Milliseconds} ms")]
    private static partial void LogOpened(ILogger log, string path, int version, long milliseconds);
}
