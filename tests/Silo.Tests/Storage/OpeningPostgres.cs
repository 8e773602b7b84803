using Microsoft.Extensions.Logging.Abstractions;
using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using MmoOrleans.Silo.Storage;
using MmoOrleans.Silo.Storage.Postgres;
using Npgsql;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class OpeningPostgres : IAsyncLifetime
{
    private string _connection = "";
    private PostgresDatabase? _database;

    private PostgresDatabase Database => _database!;

    private string Name => $"connectionString: {Database.Name}";

    public async ValueTask InitializeAsync()
    {
        _connection = await PostgresServer.NewDatabase();
        _database = new PostgresDatabase(Settings(_connection));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_tables_are_made_once_and_the_query_texts_every_time()
    {
        await Open();
        await Run("INSERT INTO OrleansMembershipVersionTable VALUES ('kept', now(), 7)");
        await Run("UPDATE OrleansQuery SET QueryText = 'of an older program'");
        await Run("INSERT INTO OrleansQuery VALUES ('KeyOfAnOlderProgram', 'x')");

        await Open();

        Assert.Equal(PostgresSchema.Version, await Number("SELECT Version FROM MmoSchema"));
        Assert.Equal(7, await Number("SELECT Version FROM OrleansMembershipVersionTable"));
        Assert.Equal(PostgresQueries.All.Count, await Number("SELECT count(*)::integer FROM OrleansQuery"));
        Assert.Equal(0, await Number("SELECT count(*)::integer FROM OrleansQuery WHERE QueryText IN ('x', 'of an older program')"));
    }

    [Fact]
    public async Task Many_silos_that_open_one_new_database_at_once_all_do()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open()));
        Assert.Equal(1, await Number("SELECT count(*)::integer FROM MmoSchema"));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_untouched()
    {
        await Open();
        await Run("UPDATE MmoSchema SET Version = 99");
        await Run("UPDATE OrleansQuery SET QueryText = 'newer'");

        Assert.Equal($"{Name} has schema 99, this program knows schemas up to {PostgresSchema.Version}: run the newer program that wrote it, or name another database.", await Refusal());
        Assert.Equal(0, await Number("SELECT count(*)::integer FROM OrleansQuery WHERE QueryText <> 'newer'"));
    }

    [Fact]
    public async Task Tables_of_Orleans_that_another_program_made_are_refused_untouched()
    {
        await Run("CREATE TABLE OrleansStorage (Anything integer)");

        Assert.Equal($"{Name} has a table orleansstorage that another program has made: name another database.", await Refusal());
        Assert.Equal(1, await Number("SELECT count(*)::integer FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_schema_of_its_own_in_a_database_of_others_is_welcome()
    {
        await Run("CREATE SCHEMA mmo");
        await Run("CREATE TABLE public.OrleansStorage (OfAnotherProgram integer)");
        await using var database = new PostgresDatabase(Settings(_connection + ";Search Path=mmo"));

        await new PostgresSchema(database, NullLogger<PostgresSchema>.Instance).Prepare(CancellationToken.None);

        Assert.Equal(PostgresSchema.Version, await Number("SELECT Version FROM mmo.MmoSchema"));
    }

    [Fact]
    public async Task A_user_who_may_not_make_tables_is_told_so()
    {
        await Run("CREATE ROLE guest LOGIN PASSWORD 'guest'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var guest = new NpgsqlConnectionStringBuilder(_connection) { Username = "guest", Password = "guest" };
        await using var silo = new StoredSilo(new StorageSettings { Database = Settings(guest.ConnectionString) });

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(silo.Start);

        Assert.Equal($"{Name} does not let this user make or use its tables: permission denied for schema public.", failure.Message);
    }

    private static DatabaseSettings Settings(string connection) => new(DatabaseKind.Postgres, connection, TimeSpan.FromSeconds(5));

    private Task Open() => new PostgresSchema(Database, NullLogger<PostgresSchema>.Instance).Prepare(CancellationToken.None);

    private async Task<string> Refusal() => (await Assert.ThrowsAsync<StorageUnavailableException>(Open)).Message;

    private async Task Run(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> Number(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
