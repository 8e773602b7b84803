using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Databases;

/// <summary>Gives a host its shared database, if it has one.</summary>
public static class DatabaseHosting
{
    /// <summary>
    /// Registers it by its own type and reaches it before anything else starts; a start without it throws
    /// <see cref="StorageUnavailableException"/>. Nothing, for SQLite.
    /// </summary>
    public static IServiceCollection AddSharedDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        if (settings.Kind == DatabaseKind.Postgres)
            services.AddSingleton(_ => new PostgresDatabase(settings)).AddSingleton<ISharedDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        else if (settings.Kind == DatabaseKind.Redis)
            services.AddSingleton(_ => new RedisDatabase(settings)).AddSingleton<ISharedDatabase>(provider => provider.GetRequiredService<RedisDatabase>());
        else
            return services;
        services.TryAddSingleton(TimeProvider.System);
        return services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DatabaseStart>(provider, settings));
    }
}
