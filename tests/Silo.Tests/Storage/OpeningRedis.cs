using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using MmoOrleans.Silo.Storage;
using StackExchange.Redis;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class OpeningRedis
{
    [Fact]
    public async Task Keys_of_a_newer_form_are_refused_untouched()
    {
        var (database, redis) = await New();
        await using var connection = redis.Multiplexer;
        await redis.StringSetAsync("mmo/schema", "2");
        await using var silo = new StoredSilo(new StorageSettings { Database = database });

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(silo.Start);

        Assert.StartsWith($"connectionString: {new RedisDatabase(database).Name} has keys of a newer form than 1 at mmo/schema: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("2", await redis.StringGetAsync("mmo/schema"));
    }

    [Fact]
    public async Task Silos_that_start_at_once_agree_on_the_form()
    {
        var (database, redis) = await New();
        await using var connection = redis.Multiplexer;
        var silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StoredSilo.Started(new StorageSettings { Database = database })));
        Assert.Equal("1", await redis.StringGetAsync("mmo/schema"));
        foreach (var silo in silos) await silo.DisposeAsync();
    }

    private static async Task<(DatabaseSettings Settings, IDatabase Redis)> New()
    {
        var connection = await RedisServer.NewDatabase();
        return (new DatabaseSettings(DatabaseKind.Redis, connection, TimeSpan.FromSeconds(5)), (await ConnectionMultiplexer.ConnectAsync(connection)).GetDatabase());
    }
}
