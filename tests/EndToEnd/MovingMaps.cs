using System.Net;
using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.EndToEnd;

/// <summary>An operator has running maps go to other silos, with the players on them.</summary>
public abstract class MovingMaps(string database, Func<Task<string>> newDatabase)
{
    [Fact]
    public async Task Maps_go_to_a_silo_that_came_later_and_back_and_who_is_on_them_walks_on()
    {
        await using var cluster = new Cluster(database, await newDatabase());
        var first = await cluster.StartSilo();
        await using var player = await Player.New(first.PortOf("game"));
        await player.Enter();
        Assert.IsType<WalkEnd.Arrived>(await player.Walk(14, 11));
        var second = await cluster.StartSilo();
        await cluster.Silos(first, 2);
        Assert.Same(first, await cluster.HostOf("Map001", [first, second]));

        var spread = await cluster.Order(first, "spread", new { });

        Assert.Equal((HttpStatusCode.OK, 1), (spread.Status, spread.Answer.GetProperty("moved").GetInt32()));
        Assert.Same(second, await cluster.HostOf("Map001", [first, second]));
        Assert.IsType<WalkEnd.Arrived>(await player.Walk(15, 12));

        var moved = await cluster.Order(second, "move", new { map = "default/Map001", silo = first.SiloName });

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Same(first, await cluster.HostOf("Map001", [first, second]));
        Assert.IsType<WalkEnd.Arrived>(await player.Walk(14, 11));
        Assert.DoesNotContain("map disconnected", player.Story(), StringComparison.Ordinal);
        await second.Logged(3013, "default/Map001");
    }
}

public sealed class MovingMapsOnPostgres() : MovingMaps("postgres", PostgresServer.NewDatabase);

public sealed class MovingMapsOnRedis() : MovingMaps("redis", RedisServer.NewDatabase);
