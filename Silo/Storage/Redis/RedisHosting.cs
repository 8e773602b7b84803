using Microsoft.Extensions.Options;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage.Redis;

/// <summary>Orleans' Redis grain storage, with keys and rows of our form.</summary>
internal static class RedisHosting
{
    internal static ISiloBuilder AddRedisStorage(this ISiloBuilder silo, DatabaseSettings database)
    {
        silo.Services.AddSharedDatabase(database).AddSingleton<IDatabasePreparation, RedisSchema>();
        return silo.AddRedisRows(RowStorage.Rows, new RowSerializer()).AddRowStorage();
    }

    /// <param name="serializer">Null: Orleans' own.</param>
    internal static ISiloBuilder AddRedisRows(this ISiloBuilder silo, string name, IGrainStorageSerializer? serializer) =>
        silo.AddRedisGrainStorage(name, (OptionsBuilder<RedisStorageOptions> options) => options.Configure<RedisDatabase, IOptions<ClusterOptions>>((storage, database, cluster) =>
        {
            storage.ConfigurationOptions = database.Lasting();
            storage.GetStorageKey = (stateName, grain) => RedisKeys.Record(cluster.Value.ServiceId, grain, stateName);
            // A cleared record keeps its key, empty, with a version of its own: no late writer takes a new record for its own.
            storage.DeleteStateOnClear = false;
            if (serializer is not null)
                storage.GrainStorageSerializer = serializer;
        }));
}
