using System.Diagnostics;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using MmoOrleans.Grains.Storage;
using MmoOrleans.Silo.Storage.Postgres;
using MmoOrleans.Silo.Storage.Redis;
using MmoOrleans.Silo.Storage.Sqlite;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage;

/// <summary>Gives a silo its storage by configuration; grains know only <see cref="StorageNames"/>.</summary>
public static class StorageHosting
{
    /// <summary>
    /// Registers the storage of all records. It opens when the host starts, before the silo does; a start without storage
    /// throws <see cref="StorageUnavailableException"/>.
    /// </summary>
    public static ISiloBuilder AddMmoStorage(this ISiloBuilder silo, StorageSettings settings) => settings.Database.Kind switch
    {
        DatabaseKind.Sqlite => silo.AddSqliteStorage(settings),
        DatabaseKind.Postgres => silo.AddPostgresStorage(settings.Database),
        DatabaseKind.Redis => silo.AddRedisStorage(settings.Database),
        var other => throw new UnreachableException($"No storage in {other}."),
    };

    /// <summary>Grains' storage, above <see cref="RowStorage.Rows"/>.</summary>
    /// <param name="between">Puts something between the two; null: nothing.</param>
    internal static ISiloBuilder AddRowStorage(this ISiloBuilder silo, Func<IServiceProvider, IGrainStorage, IGrainStorage>? between = null)
    {
        silo.Services.AddGrainStorage<IGrainStorage>(StorageNames.Mmo, (services, _) =>
        {
            var rows = services.GetRequiredKeyedService<IGrainStorage>(RowStorage.Rows);
            return new RowStorage(between?.Invoke(services, rows) ?? rows);
        });
        return silo;
    }

    /// <summary>
    /// What registers the storage of Orleans' own list of who has subscribed to a stream, under <paramref name="name"/>, in the
    /// database of <see cref="AddMmoStorage"/>; null for SQLite, whose one silo keeps it in memory. Orleans writes it in its own form.
    /// </summary>
    public static Action<ISiloBuilder>? SubscriptionStorage(DatabaseSettings database, string name) => database.Kind switch
    {
        DatabaseKind.Postgres => silo => silo.AddPostgresRows(name, serializer: null),
        DatabaseKind.Redis => silo => silo.AddRedisRows(name, serializer: null),
        _ => null,
    };
}
