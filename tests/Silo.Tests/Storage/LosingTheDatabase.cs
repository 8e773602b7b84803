using System.Diagnostics;
using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Grains.Tests.Storage;
using MmoOrleans.Silo.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>A database that refuses is known to be away at once: nobody waits for it as for one that hangs.</summary>
public abstract class LosingTheDatabase(DatabaseKind kind, Func<Task<DatabaseServer>> startNew)
{
    /// <summary>What hangs is waited for five seconds.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Writes_fail_at_once_until_it_is_back()
    {
        await using var server = await startNew();
        await using var silo = await StoredSilo.Started(new StorageSettings { Database = new DatabaseSettings(kind, await server.Create(), TimeSpan.FromSeconds(10)) });
        var keeper = silo.Keeper("keeper:one");
        await keeper.Keep("before");

        await server.Stop();

        Assert.False(await keeper.TryKeep("on a connection that may not know yet"));
        Assert.True(await IsRefusedAtOnce(keeper));

        await server.Start();

        using var patience = new CancellationTokenSource(Patience);
        while (!await keeper.TryKeep("after"))
            await Task.Delay(Between, patience.Token);
        Assert.Equal("after", await keeper.Reread());
    }

    /// <summary>One of five tries: a machine may stand still for some seconds.</summary>
    private static async Task<bool> IsRefusedAtOnce(IKeeperGrain keeper)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.False(await keeper.TryKeep("never sent"));
            if (Stopwatch.GetElapsedTime(began) < AtOnce)
                return true;
        }
        return false;
    }
}

public sealed class LosingPostgres() : LosingTheDatabase(DatabaseKind.Postgres, async () => await PostgresServer.StartNew());

public sealed class LosingRedis() : LosingTheDatabase(DatabaseKind.Redis, async () => await RedisServer.StartNew());
