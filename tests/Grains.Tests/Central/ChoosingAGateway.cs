using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class ChoosingAGateway
{
    private readonly LocalDirectory _directory = new("S1", TimeProvider.System);

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

    private void Tell(params GatewayReport[] gateways) =>
        _directory.Merge(Everything(Guid.NewGuid(), 1) with { Gateways = [.. gateways] });
}
