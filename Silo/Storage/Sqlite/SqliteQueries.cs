namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The texts that Orleans' ADO.NET provider reads from OrleansQuery and runs; their keys, parameters and result columns are its
/// contract. An answer without a row is a version conflict. Each is a single statement, which SQLite runs as a transaction of
/// its own: a "database is locked" inside BEGIN..COMMIT leaves the pooled connection in the transaction for good.
/// </summary>
/// <remarks>
/// The hashes that the provider passes narrow indexes elsewhere and are not stored. `synchronous` belongs to the connection
/// and pooled ones come as they like, so each write sets it: with NORMAL and the write-ahead log a killed process loses
/// nothing, a power cut at most the last moments, and nothing is ever damaged.
/// A cleared record keeps its row, empty, and counts its version on, so that no late writer takes a new record for its own.
/// </remarks>
internal static class SqliteQueries
{
    private const string ThisRecord = """
        GrainKey = ifnull(@GrainIdExtensionString, '') AND GrainIdN1 = @GrainIdN1 AND GrainIdN0 = @GrainIdN0
            AND GrainType = @GrainTypeString AND ServiceId = @ServiceId
        """;

    private const string Write = $"""
        PRAGMA synchronous=NORMAL;
        INSERT INTO OrleansStorage (GrainType, GrainIdN0, GrainIdN1, GrainKey, ServiceId, PayloadBinary, ModifiedOn, Version)
        SELECT @GrainTypeString, @GrainIdN0, @GrainIdN1, ifnull(@GrainIdExtensionString, ''), @ServiceId, @PayloadBinary, datetime('now'), 1
        WHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE {ThisRecord})
        ON CONFLICT (GrainKey, GrainIdN1, GrainIdN0, GrainType, ServiceId) DO UPDATE
            SET PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = Version + 1
            WHERE Version = @GrainStateVersion
        RETURNING Version AS NewGrainStateVersion;
        """;

    private const string Read = $"""
        SELECT PayloadBinary, Version FROM OrleansStorage WHERE {ThisRecord};
        """;

    private const string Clear = $"""
        PRAGMA synchronous=NORMAL;
        UPDATE OrleansStorage SET PayloadBinary = NULL, ModifiedOn = datetime('now'), Version = Version + 1
        WHERE {ThisRecord} AND Version = @GrainStateVersion
        RETURNING Version AS NewGrainStateVersion;
        """;

    internal static IReadOnlyList<(string Key, string Text)> All { get; } =
    [
        ("WriteToStorageKey", Write),
        ("ReadFromStorageKey", Read),
        ("ClearStorageKey", Clear),
    ];
}
