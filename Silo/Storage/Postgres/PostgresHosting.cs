using Microsoft.Extensions.Options;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Orleans.Configuration;
using Orleans.Storage;

namespace MmoOrleans.Silo.Storage.Postgres;

/// <summary>Orleans' ADO.NET grain storage on PostgreSQL, with our schema.</summary>
internal static class PostgresHosting
{
    internal static ISiloBuilder AddPostgresStorage(this ISiloBuilder silo, DatabaseSettings database)
    {
        silo.Services.AddSharedDatabase(database).AddSingleton<IDatabasePreparation, PostgresSchema>();
        return silo.AddPostgresRows(RowStorage.Rows, new RowSerializer()).AddRowStorage();
    }

    /// <param name="serializer">Null: Orleans' own.</param>
    internal static ISiloBuilder AddPostgresRows(this ISiloBuilder silo, string name, IGrainStorageSerializer? serializer) =>
        silo.AddAdoNetGrainStorage(name, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure<PostgresDatabase>((storage, database) =>
        {
            (storage.Invariant, storage.DataSource) = (PostgresDatabase.Invariant, database.Source);
            if (serializer is not null)
                storage.GrainStorageSerializer = serializer;
        }));
}
