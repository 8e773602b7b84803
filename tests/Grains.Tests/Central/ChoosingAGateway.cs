using Microsoft.Extensions.Time.Testing;
using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class ChoosingAGateway
{
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly LocalDirectory _directory;

    public ChoosingAGateway() => _directory = new LocalDirectory("S1", _time);

    [Fact]
    public void The_silos_own_gateway_is_best()
    {
        Tell(Gateway("S2", 0, "10.0.0.2"), Gateway("S1", 90, "10.0.0.1"));
        Assert.Equal("10.0.0.1", _directory.BestAddress.Host);
    }

    [Fact]
    public void Without_one_the_least_loaded_is_best()
    {
        Tell(Gateway("S2", 50, "10.0.0.2"), Gateway("", 10, "10.0.0.3"));
        Assert.Equal("10.0.0.3", _directory.BestAddress.Host);
    }

    [Fact]
    public void Without_any_the_address_is_unknown()
    {
        Tell();
        Assert.Equal(MapAddress.Unknown, _directory.BestAddress);
    }

    [Fact]
    public void One_elsewhere_stays_named_for_a_while_though_another_has_become_less_loaded()
    {
        var (first, second) = (Gateway("", 10, "10.0.0.2"), Gateway("", 11, "10.0.0.3"));
        Tell(first, second);
        _time.Advance(LocalDirectory.NamedFor - TimeSpan.FromSeconds(1));
        Tell(first with { Connections = 12 }, second);
        Assert.Equal("10.0.0.2", _directory.BestAddress.Host);

        _time.Advance(TimeSpan.FromSeconds(1));
        Tell(first with { Connections = 12 }, second);
        Assert.Equal("10.0.0.3", _directory.BestAddress.Host);
    }

    [Fact]
    public void One_that_is_gone_is_named_no_longer()
    {
        var central = Guid.NewGuid();
        var (first, second) = (Gateway("", 10, "10.0.0.2"), Gateway("", 11, "10.0.0.3"));
        _directory.Merge(Everything(central, 1) with { Gateways = [first, second] });
        _time.Advance(TimeSpan.FromSeconds(10)); // Long enough for Central to have heard of all.
        _directory.Merge(Everything(central, 2) with { Gateways = [second] });
        Assert.Equal("10.0.0.3", _directory.BestAddress.Host);
    }

    private void Tell(params GatewayReport[] gateways) =>
        _directory.Merge(Everything(Guid.NewGuid(), 1) with { Gateways = [.. gateways] });
}
