namespace MmoOrleans.Gateway.Configuration;

/// <summary>The database of the cluster.</summary>
/// <param name="Kind">SQLite, or a server that all hosts share.</param>
/// <param name="ConnectionString">How to reach that server; empty for SQLite. It holds a password.</param>
/// <param name="Wait">How long a start waits for that server.</param>
public sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString, TimeSpan Wait)
{
    /// <summary>The key that names it, for messages.</summary>
    public const string ConnectionStringKey = "connectionString";

    /// <summary>A file, no server: what is in force when nothing is said.</summary>
    public static DatabaseSettings Sqlite { get; } = new(DatabaseKind.Sqlite, "", TimeSpan.Zero);

    /// <summary>Whether all silos and gateways share it, the list of silos included.</summary>
    public bool IsShared => Kind != DatabaseKind.Sqlite;

    /// <summary>The kind; the connection string never ends up in a log.</summary>
    public override string ToString() => Kind.ToString();
}
