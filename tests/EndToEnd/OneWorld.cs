using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using Npgsql;
using StackExchange.Redis;

namespace MmoOrleans.EndToEnd;

/// <summary>Silos and gateways on one database are one world, whichever database it is.</summary>
public abstract class OneWorld(string database, Func<Task<string>> newDatabase)
{
    [Fact]
    public async Task Two_silos_and_a_gateway_are_one_world_that_outlives_a_silo()
    {
        await using var cluster = new Cluster(database, await newDatabase());
        var silos = await Task.WhenAll(cluster.StartSilo(), cluster.StartSilo()); // At once, on an empty database.
        var gateway = await cluster.StartGateway();
        await cluster.Gateways(silos[0], 3);
        int[] doors = [silos[0].PortOf("game"), silos[1].PortOf("game"), gateway.PortOf("game")];
        var players = await Task.WhenAll(doors.Select(door => Player.New(door)));
        foreach (var player in players)
            await player.Enter();
        await SeeEachOther(players);
        await players[0].SayToAll("hello, world");
        await Task.WhenAll(players.Select(player => player.Saw($"heard Global {players[0].Name}: hello, world")));
        await players[0].Walk(13, 12);

        Assert.Equal(0, await silos[0].Stop());
        var again = await cluster.StartSilo();

        await cluster.Gateways(silos[1], 3);
        foreach (var door in new[] { again.PortOf("game"), silos[1].PortOf("game"), gateway.PortOf("game") })
        {
            await using var returned = players[0].AtAnotherClient();
            await returned.Connect(door);
            await returned.Login();
            var start = (await returned.Enter()).Start.Position;
            Assert.Equal((13f, 12f), (start.X, start.Z));
        }
        AssertNoSecret(cluster);
        foreach (var player in players)
            await player.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_was_killed_and_started_again_has_what_was_stored()
    {
        await using var cluster = new Cluster(database, await newDatabase());
        var silo = await cluster.StartSilo("-siloPort", $"{DatabaseServer.FreePort()}");
        await using var player = await Player.New(silo.PortOf("game"));
        await silo.Kill();

        silo = await cluster.StartSilo("-siloPort", $"{silo.PortOf("silo")}");

        await using var again = player.AtAnotherClient();
        await again.Connect(silo.PortOf("game"));
        await again.Login();
        await again.Enter();
    }

    [Fact]
    public async Task Who_listens_to_chat_is_kept_in_the_database()
    {
        var connectionString = await newDatabase();
        await using var cluster = new Cluster(database, connectionString);
        var silo = await cluster.StartSilo();
        await using var player = await Player.New(silo.PortOf("game"));
        await player.Enter();

        // Its name alone would prove nothing: an empty list of subscriptions has the words as well.
        await Until.Seen(
            () => Listeners(connectionString),
            record => record?.Contains("""
                "Consumer":{"Type":"mmo.map","Key":"map:default/Map001"}
                """, StringComparison.Ordinal) == true,
            "the map that listens to chat in the database");
    }

    /// <summary>The record of who has subscribed to chat, as Orleans wrote it; null: there is none.</summary>
    protected abstract Task<string?> Listeners(string connectionString);

    private static async Task SeeEachOther(Player[] players)
    {
        foreach (var player in players)
        {
            foreach (var other in players.Where(other => other != player))
                await player.Saw($"entered {other.Name}");
        }
    }

    private static void AssertNoSecret(Cluster cluster)
    {
        foreach (var host in cluster.Hosts)
            Assert.DoesNotContain([.. host.Output, .. host.Log], line => line.Contains(DatabaseServer.Password, StringComparison.Ordinal));
    }
}

public sealed class OneWorldOnPostgres() : OneWorld("postgres", PostgresServer.NewDatabase)
{
    protected override async Task<string?> Listeners(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT convert_from(PayloadBinary, 'UTF8') FROM OrleansStorage WHERE GrainType ILIKE '%pubsub%'");
        return (string?)await command.ExecuteScalarAsync();
    }
}

public sealed class OneWorldOnRedis() : OneWorld("redis", RedisServer.NewDatabase)
{
    protected override async Task<string?> Listeners(string connectionString)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(connectionString);
        return await connection.GetDatabase().HashGetAsync("mmo/record/pubsubrendezvous/chat/chat/chat:global/PubSubRendezvousGrain", "data");
    }
}
