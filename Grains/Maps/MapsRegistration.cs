using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Calls;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps;

/// <summary>Registers maps with a silo.</summary>
public static class MapsRegistration
{
    /// <summary>
    /// What map grains need beside the world's own: an <see cref="Data.IMapSource"/>, an <see cref="Central.ILocalDirectory"/>, a
    /// <see cref="TimeProvider"/> and the chat stream provider are registered by others.
    /// </summary>
    public static ISiloBuilder AddMaps(this ISiloBuilder silo, Action<MapOptions>? configure = null)
    {
        var services = silo.Services.AddMetrics();
        services.AddOptions<MapOptions>().Configure(configure ?? (_ => { }))
            .Validate(options => options.TickRate is >= 1 and <= 60, "tickRate must be 1 to 60.")
            .Validate(options => options.MaxSpeedMetersPerSecond is > 0 and <= 1000, "maxSpeed must be above 0 and at most 1000.")
            .Validate(options => options.Capacity >= 1, "mapMaxConnections must be at least 1.")
            .Validate(options => options.ChatMaxBytes is >= 1 and <= WireLimits.ChatTextBytes, $"chatMaxBytes must be 1 to {WireLimits.ChatTextBytes}: gateways refuse longer lines.")
            .ValidateOnStart();
        services.AddRecords();
        services.TryAddSingleton<MapMetrics>();
        services.TryAddSingleton<IChatStreamFilter, NoChatStreamFilter>();
        services.TryAddTransient<RunningMapFactory>();
        services.AddPlacementDirector<MapPlacement, MapPlacementDirector>();
        return silo;
    }

    /// <summary>Adds a piece of a game to every map, after those added before: one instance per running map.</summary>
    public static IServiceCollection AddMapSystem<TSystem>(this IServiceCollection services) where TSystem : class, IMapSystem =>
        services.AddTransient<IMapSystem, TSystem>();
}
