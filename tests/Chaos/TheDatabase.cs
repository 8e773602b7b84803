using MmoOrleans.Chaos.Histories;
using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Wanderers;
using MmoOrleans.Chaos.Worlds;
using MmoOrleans.Databases.Tests;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos;

/// <summary>The database under two silos is away for 20 s and comes back: players notice nothing, what was acknowledged is there.</summary>
public abstract class TheDatabase(Store store, ITestOutputHelper output)
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Is_stopped_for_20_seconds() => IsAway("stop of the database", server => server.Stop(), server => server.Start());

    [Fact]
    public Task Hangs_for_20_seconds()
    {
        store.RequireEveryFault();
        return IsAway("freeze of the database", server => server.Freeze(), server => server.Thaw());
    }

    private async Task IsAway(string how, Func<DatabaseServer, Task> takeAway, Func<DatabaseServer, Task> bringBack)
    {
        var (run, server) = await ChaosRun.OnServerOfItsOwn(store);
        await using var _ = run;
        var silos = new[] { await run.StartSilo(), await run.StartSilo() };
        await run.Cluster.Gateways(silos[0], 2);
        await run.TakeMapsApart(silos);
        run.Doors = [.. silos.Select(silo => silo.Door)];
        await run.Populate();
        using (var client = new MmoClient())
            await Newcomer.Make(run.History, client, run.Doors[0], "knocks");

        await run.Break(how, isPlanned: true, () => takeAway(server));
        await run.Watch(Away / 2);
        Assert.Equal(ErrorCode.ServiceNotAvailable, await Newcomer.Refused(run.Doors[0], "knocks"));
        await run.Watch(Away / 2);
        await bringBack(server);

        await run.Watch(TimeSpan.FromSeconds(15));
        Assert.Null(await Newcomer.Refused(run.Doors[0], "knocks"));
        await run.AssertNothingIsBroken(output);
        Assert.Empty(run.History.All().OfType<Witnessed.Lost>());
    }
}

public sealed class TheDatabaseOnPostgres(ITestOutputHelper output) : TheDatabase(Store.Postgres, output);

public sealed class TheDatabaseOnRedis(ITestOutputHelper output) : TheDatabase(Store.Redis, output);
