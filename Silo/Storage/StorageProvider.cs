namespace MmoOrleans.Silo.Storage;

/// <summary>Where a silo keeps its records. Another database is another value here and another folder beside Sqlite.</summary>
public enum StorageProvider
{
    /// <summary>One file on this machine: for one silo.</summary>
    Sqlite,

    /// <summary>Nothing survives the process: for tests.</summary>
    Memory,
}
