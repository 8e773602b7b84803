namespace MmoOrleans.Silo.Storage.Postgres;

/// <summary>
/// The texts with which Orleans' ADO.NET provider keeps records; their keys, parameters and result columns are its contract. An
/// answer without a row is a version conflict. Each is a single statement: one round trip, and nothing to leave half done.
/// </summary>
/// <remarks>
/// The hashes that the provider passes narrow indexes elsewhere and are not stored: the unique index holds the whole key, so two
/// keys can never share a row. Parameters that may be null say their type, which PostgreSQL could not tell from a bare test for null.
/// A cleared record keeps its row, empty, and counts its version on, so that no late writer takes a new record for its own.
/// </remarks>
internal static class PostgresQueries
{
    private const string ThisRecord = """
        ServiceId = @ServiceId AND GrainKey = coalesce(@GrainIdExtensionString::text, '') AND GrainType = @GrainTypeString
            AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        """;

    private const string Write = $"""
        INSERT INTO OrleansStorage AS kept (ServiceId, GrainKey, GrainType, GrainIdN0, GrainIdN1, PayloadBinary, ModifiedOn, Version)
        SELECT @ServiceId, coalesce(@GrainIdExtensionString::text, ''), @GrainTypeString, @GrainIdN0, @GrainIdN1, @PayloadBinary, now(), 1
        WHERE @GrainStateVersion::integer IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE {ThisRecord})
        ON CONFLICT (ServiceId, GrainKey, GrainType, GrainIdN0, GrainIdN1) DO UPDATE
            SET PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = kept.Version + 1
            WHERE kept.Version = @GrainStateVersion::integer
        RETURNING Version AS NewGrainStateVersion
        """;

    private const string Read = $"""
        SELECT PayloadBinary, Version FROM OrleansStorage WHERE {ThisRecord}
        """;

    private const string Clear = $"""
        UPDATE OrleansStorage SET PayloadBinary = NULL, ModifiedOn = now(), Version = Version + 1
        WHERE {ThisRecord} AND Version = @GrainStateVersion::integer
        RETURNING Version AS NewGrainStateVersion
        """;

    internal static IReadOnlyList<(string Key, string Text)> All { get; } =
    [
        ("WriteToStorageKey", Write),
        ("ReadFromStorageKey", Read),
        ("ClearStorageKey", Clear),
        .. PostgresMembershipQueries.All,
    ];
}
