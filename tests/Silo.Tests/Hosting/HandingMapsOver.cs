using MmoOrleans.GrainInterfaces;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>Which of the other silos takes which map of one that stops.</summary>
public sealed class HandingMapsOver
{
    private static readonly SiloAddress First = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Second = SiloAddress.New(System.Net.IPAddress.Loopback, 2, 1);

    [Fact]
    public void Each_map_goes_to_the_silo_that_has_the_fewest_by_then()
    {
        var targets = MapTargets.Spread(Maps("a", "b", "c", "d"), new() { [First] = 0, [Second] = 2 });

        Assert.Equal([First, First], [targets[Map("a")], targets[Map("b")]]);
        Assert.NotEqual(targets[Map("c")], targets[Map("d")]);
    }

    [Fact]
    public void Alone_there_is_nowhere_to_go() => Assert.Empty(MapTargets.Spread(Maps("a"), []));

    private static MapId Map(string name) => new("1", name);

    private static IEnumerable<MapId> Maps(params string[] names) => names.Select(Map);
}
