using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>Orleans' ADO.NET grain storage on a SQLite file, with one thread that writes.</summary>
internal static class SqliteHosting
{
    // Orleans' name for SQLite; in spite of it, it loads Microsoft.Data.Sqlite.
    private const string Invariant = "System.Data.SQLite";

    internal const int LockedSeconds = 2;

    internal static ISiloBuilder AddSqliteStorage(this ISiloBuilder silo, StorageSettings settings)
    {
        var path = Path.GetFullPath(settings.Path);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<IHostedService>(services =>
            ActivatorUtilities.CreateInstance<SqliteStart>(services, new SqliteFile(path)));
        silo.AddAdoNetGrainStorage(RowStorage.Rows, options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = ConnectionString(path);
            options.GrainStorageSerializer = new RowSerializer();
        });
        silo.Services.AddSingleton<SqliteWriter>();
        return silo.AddRowStorage((services, rows) => ActivatorUtilities.CreateInstance<SqliteTurns>(services, rows));
    }

    /// <summary>Default Timeout, in seconds, is how long a statement waits for another writer before it fails.</summary>
    internal static string ConnectionString(string path, int lockedSeconds = LockedSeconds) =>
        new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = lockedSeconds }.ToString();
}
