using MmoOrleans.Grains.Storage;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>Puts faults into the storage of a test's silos. Silos that are given one and the same object share it.</summary>
internal static class FaultyStorageHosting
{
    /// <summary>Storage in memory, shared by all silos that are given the same rows, with faults around it.</summary>
    internal static ISiloBuilder AddRowsInMemory(this ISiloBuilder silo, RowsInMemory rows, StorageFaults faults)
    {
        silo.Services.AddGrainStorage(StorageNames.Mmo, (_, _) => new FaultyGrainStorage(rows, faults));
        return silo;
    }

    /// <summary>Faults around the storage that was registered before, whichever it is.</summary>
    internal static ISiloBuilder AddFaults(this ISiloBuilder silo, StorageFaults faults)
    {
        var real = silo.Services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, StorageNames.Mmo));
        silo.Services.Remove(real);
        // As IGrainStorage, because the real one has already asked for its part in the life of the silo, which is passed on to it.
        silo.Services.AddGrainStorage<IGrainStorage>(StorageNames.Mmo, (services, name) =>
            new FaultyGrainStorage((IGrainStorage)real.KeyedImplementationFactory!(services, name), faults));
        return silo;
    }
}
