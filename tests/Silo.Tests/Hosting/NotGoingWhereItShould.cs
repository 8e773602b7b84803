using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Silo.Hosting;
using MmoOrleans.Silo.Tests.Admin;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>A map is told to go where placement does not let it: the target of a move is a hint.</summary>
public sealed class NotGoingWhereItShould(LoggedSilo silo) : IClassFixture<LoggedSilo>
{
    private static readonly SiloAddress Gone = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);

    [Fact]
    public async Task An_operator_reads_of_it_and_the_map_lets_players_in_again()
    {
        var map = new MapId("default", "Map001");
        var grain = silo.Grains.GetGrain<IMapGrain>(map.Key);
        Assert.IsType<Granted<MapReadiness>>(await grain.BringUp(TimeSpan.FromSeconds(30)));

        Assert.False(await silo.Services.GetRequiredService<MapMover>().TryMove(map, Gone));

        Assert.Equal([3014, 3015], silo.Log.Events.Where(act => act is >= 3010 and < 3020));
        Assert.IsType<Granted<MapAddress>>(await grain.Reserve(CharacterId.New(), TimeSpan.FromSeconds(1)));
    }
}

public sealed class LoggedSilo : OperatedSilo
{
    internal FailingLog Log { get; } = new();

    private protected override void Extend(IServiceCollection services) => services.AddLogging(logging => logging.AddProvider(Log));
}
