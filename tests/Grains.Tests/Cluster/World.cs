using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Every feature's registration, as the silo host makes them, on storage that forgets. One line per feature.</summary>
internal static class World
{
    internal static void Add(ISiloBuilder silo)
    {
        silo.AddMemoryGrainStorage(StorageNames.Mmo);
    }
}
