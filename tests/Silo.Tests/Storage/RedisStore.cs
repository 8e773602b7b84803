using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Silo.Storage;
using StackExchange.Redis;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class RedisStore : Store
{
    private ConnectionMultiplexer? _connection;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    internal override bool IsInstalled => RedisServer.IsInstalled;

    internal override void Require() => RedisServer.Require();

    internal override async Task<string?> Row(string key) =>
        (string?)await (await Redis()).HashGetAsync(KeyOf(key), "data") is { Length: > 0 } row ? row : null;

    internal override async Task Remove(string key) => Assert.True(await (await Redis()).KeyDeleteAsync(KeyOf(key)));

    internal override async Task<StorageSettings> Make() =>
        new() { Database = new DatabaseSettings(DatabaseKind.Redis, await RedisServer.NewDatabase(), TimeSpan.FromSeconds(10)) };

    // Written out, not taken from the program: whoever changes the form of the keys loses every row.
    private static string KeyOf(string key) => $"mmo/record/tests-keeper/{key}/keeper";

    private async Task<IDatabase> Redis() => (_connection ??= await ConnectionMultiplexer.ConnectAsync(Settings.Database.ConnectionString)).GetDatabase();
}
