using MmoOrleans.Chaos.Histories;
using MmoOrleans.Databases.Tests;
using StackExchange.Redis;

namespace MmoOrleans.Chaos.Stores;

/// <summary>A choice of the faults is run on it: what differs from PostgreSQL. CHAOS_REDIS=all runs every one.</summary>
internal sealed class RedisStore : Store
{
    private static readonly bool IsWholly = Environment.GetEnvironmentVariable("CHAOS_REDIS") == "all";

    public override string Name => "redis";

    public override void Require() => RedisServer.Require();

    public override void RequireEveryFault() => Assert.SkipUnless(IsWholly, "On Redis a choice of the faults is run: CHAOS_REDIS=all runs every one.");

    public override Task<string> NewDatabase() => RedisServer.NewDatabase();

    public override async Task<DatabaseServer> StartNew(string? alsoAt) => await RedisServer.StartNew(alsoAt);

    public override async Task<StoreDump> Read(string connectionString)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var users = await Rows(connection, $"mmo/record/mmo.username/{StoreDump.UserKey}*/credential");
        var accounts = await Rows(connection, "mmo/record/mmo.account/*/account");
        return StoreDump.Of(users.Select(row => row.Key.Split('/')[^2]), accounts.Select(row => row.Text));
    }

    /// <summary>A record that was forgotten keeps its key, without text. A scan may name a key twice.</summary>
    private static async Task<List<(string Key, string Text)>> Rows(ConnectionMultiplexer connection, string keys)
    {
        var (database, rows, seen) = (connection.GetDatabase(), new List<(string, string)>(), new HashSet<RedisKey>());
        await foreach (var key in connection.GetServers()[0].KeysAsync(database.Database, keys))
            if (seen.Add(key) && (string?)await database.HashGetAsync(key, "data") is { Length: > 0 } text)
                rows.Add(($"{key}", text));
        return rows;
    }
}
