using System.Data.Common;
using System.Net.Sockets;
using MmoOrleans.Gateway.Configuration;
using Npgsql;

namespace MmoOrleans.Gateway.Databases;

/// <summary>A PostgreSQL server: one pool of connections for all that Orleans and we do there.</summary>
public sealed class PostgresDatabase : ISharedDatabase, IAsyncDisposable
{
    /// <summary>How Orleans calls the client library.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>A connection string to start from.</summary>
    public const string Example = "\"Host=db1;Database=mmo;Username=mmo;Password=...\"";

    // A server takes 100 by default, and several hosts share it; a silo with 20 is busy.
    private const int MaxConnections = 20;

    private const int ConnectPatienceInSeconds = 5;

    // Grains give up on their records after 5 s by themselves. The client library asks a server to cancel what takes longer than this, and a
    // thread stands still meanwhile: on a server that hangs there should be few of them at a time. Longer, and one row that somebody has
    // locked holds too many of the connections.
    private const int CommandPatienceInSeconds = 15;

    public PostgresDatabase(DatabaseSettings settings)
    {
        var connection = WithOurDefaults(settings.ConnectionString);
        Name = $"PostgreSQL at {connection.Host}:{connection.Port}";
        Source = NpgsqlDataSource.Create(connection);
    }

    public string Name { get; }

    /// <summary>Where connections come from. Unlike the connection string it can be handed on: it tells nobody the password.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Whether the text can be read and names a host.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException or OverflowException)
        {
            return false; // What exactly is wrong may quote a part of the password.
        }
    }

    public async Task Reach(CancellationToken cancellation)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
    }

    public DatabaseTrouble? Explain(Exception failure) => failure switch
    {
        PostgresException refusal => Explain(refusal),
        NpgsqlException { InnerException: { } inner } lost when lost.IsTransient || inner is SocketException or TimeoutException or IOException => Silent(inner.Message),
        NpgsqlException other => new DatabaseTrouble($"cannot be used: {other.Message}", MayPass: other.IsTransient),
        SocketException or TimeoutException or IOException => Silent(failure.Message),
        _ => null,
    };

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static DatabaseTrouble Explain(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new($"does not let this user in: {refusal.MessageText}", MayPass: false),
        PostgresErrorCodes.InvalidCatalogName => new($"has no such database: {refusal.MessageText}", MayPass: false),
        PostgresErrorCodes.InsufficientPrivilege => new($"does not let this user make or use its tables: {refusal.MessageText}", MayPass: false),
        _ => new($"refuses: {refusal.MessageText}", refusal.IsTransient),
    };

    private static DatabaseTrouble Silent(string reason) => new($"does not answer: {reason}", MayPass: true);

    private static NpgsqlConnectionStringBuilder WithOurDefaults(string text)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = text };
        bool Says(params string[] names) => names.Any(given.ContainsKey);
        var connection = new NpgsqlConnectionStringBuilder(text)
        {
            // Orleans' times are UTC, whatever the server's zone is.
            Timezone = "UTC",
        };
        if (!Says("Application Name", "ApplicationName"))
            connection.ApplicationName = "MmoOrleans";
        if (!Says("Maximum Pool Size", "MaxPoolSize"))
            connection.MaxPoolSize = MaxConnections;
        if (!Says("Timeout"))
            connection.Timeout = ConnectPatienceInSeconds;
        if (!Says("Command Timeout", "CommandTimeout"))
            connection.CommandTimeout = CommandPatienceInSeconds;
        return connection;
    }
}
