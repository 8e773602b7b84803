using Microsoft.Extensions.DependencyInjection;

namespace MmoOrleans.Grains.Lifecycle;

public static class SiloLoopRegistration
{
    /// <summary>The loop runs in this silo, from the stage that it names.</summary>
    public static ISiloBuilder AddSiloLoop<T>(this ISiloBuilder silo) where T : SiloLoop
    {
        silo.Services.AddSingleton<T>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<T>());
        return silo;
    }
}
