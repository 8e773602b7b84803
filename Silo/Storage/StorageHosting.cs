using System.Diagnostics;
using MmoOrleans.Grains.Storage;
using MmoOrleans.Silo.Storage.Sqlite;

namespace MmoOrleans.Silo.Storage;

/// <summary>Gives a silo its storage by configuration; grains know only <see cref="StorageNames"/>.</summary>
public static class StorageHosting
{
    /// <summary>
    /// Registers the storage of all records. It opens when the host starts, before the silo does; a start without storage
    /// throws <see cref="StorageUnavailableException"/>.
    /// </summary>
    public static ISiloBuilder AddMmoStorage(this ISiloBuilder silo, StorageSettings settings) => settings.Provider switch
    {
        StorageProvider.Sqlite => silo.AddSqliteStorage(settings),
        StorageProvider.Memory => silo.AddMemoryGrainStorage(StorageNames.Mmo, options => options.GrainStorageSerializer = new RecordSerializer()),
        _ => throw new UnreachableException($"No storage provider {settings.Provider}."),
    };
}
