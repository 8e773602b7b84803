using Microsoft.Extensions.DependencyInjection;

namespace MmoOrleans.Grains.Lifecycle;

internal static class SiloLoopRegistration
{
    internal static ISiloBuilder AddSiloLoop<T>(this ISiloBuilder silo) where T : SiloLoop
    {
        silo.Services.AddSingleton<T>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<T>());
        return silo;
    }
}
