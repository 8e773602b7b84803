using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using MmoOrleans.Sdk;

namespace MmoOrleans.EndToEnd;

/// <summary>Silos with and without a gateway of their own and gateways in processes of their own, in one cluster.</summary>
public abstract class MixedRoles(string database, Func<Task<string>> newDatabase)
{
    private static readonly MmoClientOptions StayWhereYouAre = new() { ReuseConnection = true };

    [Fact]
    public async Task Clients_are_sent_to_the_least_loaded_gateway_or_to_the_one_beside_their_map_and_may_use_any()
    {
        await using var cluster = new Cluster(database, await newDatabase());
        var plain = await cluster.StartSilo("-embeddedGateway", "false");
        var busy = await cluster.StartGateway();
        var idle = await cluster.StartGateway();
        await cluster.Gateways(plain, 2);
        await using var stays = await Player.New(busy.PortOf("game"), StayWhereYouAre);
        await using var goes = await Player.New(busy.PortOf("game"));
        await cluster.MapsAt(plain, idle.PortOf("game"));

        await goes.Enter();
        await stays.Enter();

        await goes.Saw($"map connected tcp://127.0.0.1:{idle.PortOf("game")}");
        await stays.Saw($"entered {goes.Name}");
        await goes.Saw($"entered {stays.Name}");

        var whole = await cluster.StartSilo();
        Assert.Equal(0, await plain.Stop());
        await cluster.MapsAt(whole, whole.PortOf("game"));

        await using var late = await Player.New(idle.PortOf("game"));
        await late.Enter();
        await late.Saw($"map connected tcp://127.0.0.1:{whole.PortOf("game")}");
        await late.Saw($"entered {stays.Name}");
        await stays.Saw($"entered {late.Name}");
        await stays.Walk(13, 12);
        await Until.True(() => late.Client.World.FindPlayer(stays.Name)?.Position is { X: 13, Z: 12 }, "the one who stayed at 13, 12", late.Story);
    }
}

public sealed class MixedRolesOnPostgres() : MixedRoles("postgres", PostgresServer.NewDatabase);

public sealed class MixedRolesOnRedis() : MixedRoles("redis", RedisServer.NewDatabase);
