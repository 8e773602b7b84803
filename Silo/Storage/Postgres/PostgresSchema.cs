using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Npgsql;

namespace MmoOrleans.Silo.Storage.Postgres;

/// <summary>
/// The tables, by versions: the database says in MmoSchema which one it has, and every start takes the steps it lacks, all in one
/// transaction under a lock of their own, so that of silos that start at once one does the work and the others find it done. A step
/// that has been released is never changed; a new one is added at the end. The query texts belong to the program, not to the data,
/// and are written anew at every start.
/// </summary>
internal sealed partial class PostgresSchema(PostgresDatabase database, ILogger<PostgresSchema> log) : IDatabasePreparation
{
    // Any number that is ours: advisory locks are the database's, and programs that share it agree on nothing else.
    private const long Lock = 0x4D6D6F536368656D;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text NOT NULL);
        CREATE TABLE OrleansStorage
        (
            ServiceId text NOT NULL,
            GrainKey text NOT NULL,
            GrainType text NOT NULL,
            GrainIdN0 bigint NOT NULL,
            GrainIdN1 bigint NOT NULL,
            PayloadBinary bytea NULL,
            ModifiedOn timestamptz NOT NULL,
            Version integer NOT NULL,
            PRIMARY KEY (ServiceId, GrainKey, GrainType, GrainIdN0, GrainIdN1)
        );
        CREATE TABLE OrleansMembershipVersionTable
        (
            DeploymentId text PRIMARY KEY,
            Timestamp timestamptz NOT NULL,
            Version integer NOT NULL
        );
        CREATE TABLE OrleansMembershipTable
        (
            DeploymentId text NOT NULL REFERENCES OrleansMembershipVersionTable,
            Address text NOT NULL,
            Port integer NOT NULL,
            Generation integer NOT NULL,
            SiloName text NOT NULL,
            HostName text NOT NULL,
            Status integer NOT NULL,
            ProxyPort integer NOT NULL,
            SuspectTimes text NULL,
            StartTime timestamptz NOT NULL,
            IAmAliveTime timestamptz NOT NULL,
            PRIMARY KEY (DeploymentId, Address, Port, Generation)
        );
        """,
    ];

    /// <summary>The version this program brings a database to.</summary>
    internal static int Version => Steps.Length;

    public async Task Prepare(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run(connection, "SELECT pg_advisory_xact_lock($1)", cancellation, Lock);
        var found = await FoundVersion(connection, cancellation);
        if (found > Version)
            throw Refusal($"has schema {found}, this program knows schemas up to {Version}: run the newer program that wrote it, or name another database");
        foreach (var step in Steps.Skip(found))
            await Run(connection, step, cancellation);
        await Run(connection, "DELETE FROM MmoSchema", cancellation);
        await Run(connection, "INSERT INTO MmoSchema (Version) VALUES ($1)", cancellation, Version);
        await Run(connection, "DELETE FROM OrleansQuery", cancellation);
        foreach (var (key, text) in PostgresQueries.All)
            await Run(connection, "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ($1, $2)", cancellation, key, text);
        await transaction.CommitAsync(cancellation);
        LogOpened(log, database.Name, Version);
    }

    private async Task<int> FoundVersion(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await Has(connection, "mmoschema", cancellation))
            return await Number(connection, "SELECT coalesce(max(Version), 0) FROM MmoSchema", cancellation);
        foreach (var table in new[] { "orleansquery", "orleansstorage", "orleansmembershiptable", "orleansmembershipversiontable" })
        {
            if (await Has(connection, table, cancellation))
                throw Refusal($"has a table {table} that another program has made: name another database");
        }
        await Run(connection, "CREATE TABLE MmoSchema (Version integer NOT NULL)", cancellation);
        return 0;
    }

    private StorageUnavailableException Refusal(string words) => new($"{DatabaseSettings.ConnectionStringKey}: {database.Name} {words}.");

    // Looked up as a statement would: in the connection's search path.
    private static async Task<bool> Has(NpgsqlConnection connection, string table, CancellationToken cancellation) =>
        await Number(connection, $"SELECT count(to_regclass('{table}'))::integer", cancellation) > 0;

    private static async Task<int> Number(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(3210, LogLevel.Information, "{Database} is open at schema {Version}")]
    private static partial void LogOpened(ILogger log, string database, int version);
}
