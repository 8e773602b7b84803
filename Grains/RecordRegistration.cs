using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains;

/// <summary>What every feature with durable grains needs. Each registers it; it is there once.</summary>
internal static class RecordRegistration
{
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RecordStores>();
        services.TryAddSingleton<GrainCalls>();
        return services;
    }
}
