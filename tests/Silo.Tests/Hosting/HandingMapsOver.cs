using MmoOrleans.GrainInterfaces;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>Which of the other silos takes which map of one that stops.</summary>
public sealed class HandingMapsOver
{
    private static readonly SiloAddress First = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Second = SiloAddress.New(System.Net.IPAddress.Loopback, 2, 1);

    [Fact]
    public void Each_map_goes_to_the_silo_that_carries_the_least_by_then()
    {
        var targets = MapTargets.Spread([Map("a"), Map("b"), Map("c"), Map("d")], new() { [First] = 0, [Second] = 2 });

        Assert.Equal([First, First], [targets[Id("a")], targets[Id("b")]]);
        Assert.NotEqual(targets[Id("c")], targets[Id("d")]);
    }

    [Fact]
    public void A_full_map_counts_as_much_as_many_empty_ones()
    {
        var targets = MapTargets.Spread([Map("empty"), Map("full", 50), Map("other", 40)], new() { [First] = 0, [Second] = 0 });

        Assert.NotEqual(targets[Id("full")], targets[Id("other")]);
        Assert.Equal(targets[Id("other")], targets[Id("empty")]);
    }

    [Fact]
    public void Alone_there_is_nowhere_to_go() => Assert.Empty(MapTargets.Spread([Map("a")], []));

    private static MapId Id(string name) => new("1", name);

    private static (MapId, int) Map(string name, int users = 0) => (Id(name), users);
}
