namespace MmoOrleans.Gateway.Configuration;

/// <summary>Where records are kept and how silos find each other (database).</summary>
public enum DatabaseKind
{
    /// <summary>A file on this machine for one silo; a primary silo introduces the others.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server that all hosts of the cluster share.</summary>
    Postgres,

    /// <summary>A Redis server that all hosts of the cluster share.</summary>
    Redis,
}
