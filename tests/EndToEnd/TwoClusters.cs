using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;

namespace MmoOrleans.EndToEnd;

/// <summary>
/// Two clusters on one world that know nothing of each other, as after a wrong setting, or while one half of a torn cluster does not know
/// yet that it was given up: each has an activation of the same character and of the same map.
/// </summary>
public abstract class TwoClusters(string database, Func<Task<string>> newDatabase)
{
    private const int WrittenByAnother = 3280;

    [Fact]
    public async Task The_later_has_the_character_and_the_map_and_nothing_that_the_earlier_saves_wins()
    {
        await using var cluster = new Cluster(database, await newDatabase());
        var earlier = await cluster.StartSilo("-clusterId", "one");
        var later = await cluster.StartSilo("-clusterId", "two");
        await using var here = await Player.New(earlier.PortOf("game"));
        await here.Enter();
        await here.Walk(12, 12.5f);

        await using var there = here.AtAnotherClient();
        await there.Connect(later.PortOf("game"));
        await there.Login();
        await there.Enter();
        await there.Walk(13.5f, 12);
        await earlier.Logged(WrittenByAnother, "mmo.map-record"); // Its map wrote a checkpoint and lost.
        await here.Client.LeaveMapAsync();
        await earlier.Logged(WrittenByAnother, "mmo.character");
        there.Client.Dispose();

        await using var again = here.AtAnotherClient();
        await again.Connect(later.PortOf("game"));
        await again.Login();
        var start = (await again.Enter()).Start.Position;
        Assert.Equal((13.5f, 12f), (start.X, start.Z));
    }
}

public sealed class TwoClustersOnPostgres() : TwoClusters("postgres", PostgresServer.NewDatabase);

public sealed class TwoClustersOnRedis() : TwoClusters("redis", RedisServer.NewDatabase);
