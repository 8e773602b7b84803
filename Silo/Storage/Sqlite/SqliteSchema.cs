using System.Globalization;
using Microsoft.Data.Sqlite;
using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The tables, by versions: the file says in MmoSchema which one it has, and every start takes the steps it lacks, all in one
/// transaction. A step that has been released is never changed; a new one is added at the end. The query texts belong to the
/// program, not to the data, and are written anew at every start.
/// </summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE OrleansQuery (QueryKey TEXT PRIMARY KEY, QueryText TEXT NOT NULL);
        CREATE TABLE OrleansStorage
        (
            GrainType TEXT NOT NULL,
            GrainIdN0 INTEGER NOT NULL,
            GrainIdN1 INTEGER NOT NULL,
            GrainKey TEXT NOT NULL,
            ServiceId TEXT NOT NULL,
            PayloadBinary BLOB NULL,
            ModifiedOn TEXT NOT NULL,
            Version INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX IX_OrleansStorage ON OrleansStorage(GrainKey, GrainIdN1, GrainIdN0, GrainType, ServiceId);
        """,
    ];

    /// <summary>The version this program brings a file to.</summary>
    internal static int Version => Steps.Length;

    internal static void BringUpToDate(SqliteConnection connection, string path)
    {
        // Immediate: of two silos that start at once, one waits here and finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var found = FoundVersion(connection, path);
        if (found > Version)
            throw new StorageUnavailableException($"storagePath {path} has schema {found}, this program knows schemas up to {Version}: run the newer program that wrote it, or name another file.");
        foreach (var step in Steps.Skip(found)) connection.Execute(step);
        connection.Execute("DELETE FROM MmoSchema");
        connection.Execute("INSERT INTO MmoSchema (Version) VALUES (@version)", ("@version", Version));
        foreach (var (key, text) in SqliteQueries.All)
            connection.Execute("INSERT OR REPLACE INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", ("@key", key), ("@text", text));
        transaction.Commit();
    }

    private static int FoundVersion(SqliteConnection connection, string path)
    {
        if (connection.ReadNumber("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'MmoSchema'") > 0)
            return Convert.ToInt32(connection.ReadNumber("SELECT ifnull(max(Version), 0) FROM MmoSchema"), CultureInfo.InvariantCulture);
        if (connection.ReadNumber("SELECT count(*) FROM sqlite_master") > 0)
            throw new StorageUnavailableException($"storagePath {path} is a SQLite database of another program: name another file.");
        connection.Execute("CREATE TABLE MmoSchema (Version INTEGER NOT NULL)");
        return 0;
    }
}
