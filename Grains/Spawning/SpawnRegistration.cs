using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Spawning;

public static class SpawnRegistration
{
    /// <summary>What the spawner's grain needs; for every silo, because any of them may host it.</summary>
    public static ISiloBuilder AddSpawner(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton<IMapStarter, MapStarter>();
        return silo;
    }

    /// <summary>This silo wants maps to be up, and has the spawner see to it.</summary>
    public static ISiloBuilder AddSpawning(this ISiloBuilder silo, Action<SpawnOptions>? configure = null)
    {
        silo.Services.AddOptions<SpawnOptions>().Configure(options => configure?.Invoke(options));
        return silo.AddSpawner().AddSiloLoop<SpawnLease>();
    }
}
