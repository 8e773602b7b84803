using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Central;

public static class CentralRegistration
{
    /// <summary>Central, and this silo's copy of its directory.</summary>
    public static ISiloBuilder AddCentral(this ISiloBuilder silo, Action<ChannelOptions>? configure = null)
    {
        silo.Services.AddOptions<ChannelOptions>().Configure(options => configure?.Invoke(options));
        silo.Services.AddSingleton(services => new LocalDirectory(
            services.GetRequiredService<ILocalSiloDetails>().Name, services.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<ILocalDirectory>(services => services.GetRequiredService<LocalDirectory>());
        silo.Services.AddSingleton<SiloLoads>();
        return silo.AddSiloLoop<DirectoryReporter>();
    }
}
