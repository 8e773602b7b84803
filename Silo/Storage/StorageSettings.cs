using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Silo.Storage;

/// <summary>Where records are kept.</summary>
public sealed record StorageSettings
{
    /// <summary>The database. Default: SQLite.</summary>
    public DatabaseSettings Database { get; init; } = DatabaseSettings.Sqlite;

    /// <summary>The SQLite file, the setting <c>storagePath</c>; its folder is created. Default: ./data/mmo.db.</summary>
    public string Path { get; init; } = "./data/mmo.db";
}
