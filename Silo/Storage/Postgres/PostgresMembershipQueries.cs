namespace MmoOrleans.Silo.Storage.Postgres;

/// <summary>
/// The texts with which Orleans' ADO.NET provider keeps the list of silos; their keys, parameters and result columns are its
/// contract. The list has one version per cluster. Who changes a row names the version it has seen and raises it in the same
/// statement; of two that have seen the same, the second waits for the first one's row lock, finds another version and changes nothing.
/// A silo's sign of life is no such change.
/// </summary>
internal static class PostgresMembershipQueries
{
    private const string ThisSilo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    // Orleans' numbers for the state of a silo.
    private const string Dead = "6";

    private const string Columns = """
        list.Version, silo.Address, silo.Port, silo.Generation, silo.SiloName, silo.HostName, silo.Status, silo.ProxyPort,
            silo.SuspectTimes, silo.StartTime, silo.IAmAliveTime
        """;

    // A list without silos still has a version: one row with nothing else in it.
    private const string ReadAll = $"""
        SELECT {Columns}
        FROM OrleansMembershipVersionTable AS list LEFT JOIN OrleansMembershipTable AS silo USING (DeploymentId)
        WHERE DeploymentId = @DeploymentId
        """;

    private const string ReadOne = $"""
        SELECT {Columns}
        FROM OrleansMembershipVersionTable AS list LEFT JOIN OrleansMembershipTable AS silo
            ON silo.DeploymentId = list.DeploymentId AND silo.Address = @Address AND silo.Port = @Port AND silo.Generation = @Generation
        WHERE list.DeploymentId = @DeploymentId
        """;

    private const string Begin = """
        WITH begun AS
        (
            INSERT INTO OrleansMembershipVersionTable (DeploymentId, Timestamp, Version) VALUES (@DeploymentId, now(), 0)
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT EXISTS (SELECT 1 FROM begun)
        """;

    private const string Insert = $"""
        WITH raised AS
        (
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
            WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ThisSilo})
            RETURNING 1
        ),
        joined AS
        (
            INSERT INTO OrleansMembershipTable
                (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
            SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
            RETURNING 1
        )
        SELECT EXISTS (SELECT 1 FROM joined)
        """;

    private const string Update = $"""
        WITH raised AS
        (
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
            WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ThisSilo})
            RETURNING 1
        ),
        changed AS
        (
            UPDATE OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
            WHERE {ThisSilo} AND EXISTS (SELECT 1 FROM raised)
            RETURNING 1
        )
        SELECT EXISTS (SELECT 1 FROM changed)
        """;

    private const string Live = $"""
        UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE {ThisSilo}
        """;

    private const string Gateways = """
        SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
        WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
        """;

    private const string Delete = """
        WITH silos AS (DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId)
        DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
        """;

    private const string CleanUp = $"""
        DELETE FROM OrleansMembershipTable
        WHERE DeploymentId = @DeploymentId AND Status = {Dead} AND IAmAliveTime < @IAmAliveTime AND StartTime < @IAmAliveTime
        """;

    // The provider names the dead silo as it has read it; if anything has changed since, it stays for the next time.
    private const string CleanUpOne = $"""
        DELETE FROM OrleansMembershipTable
        WHERE {ThisSilo} AND Status = {Dead} AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
            AND coalesce(SuspectTimes, '') = coalesce(@SuspectTimes::text, '')
        """;

    internal static IReadOnlyList<(string Key, string Text)> All { get; } =
    [
        ("MembershipReadAllKey", ReadAll),
        ("MembershipReadRowKey", ReadOne),
        ("InsertMembershipVersionKey", Begin),
        ("InsertMembershipKey", Insert),
        ("UpdateMembershipKey", Update),
        ("UpdateIAmAlivetimeKey", Live),
        ("GatewaysQueryKey", Gateways),
        ("DeleteMembershipTableEntriesKey", Delete),
        ("CleanupDefunctSiloEntriesKey", CleanUp),
        ("CleanupDefunctSiloEntryKey", CleanUpOne),
    ];
}
