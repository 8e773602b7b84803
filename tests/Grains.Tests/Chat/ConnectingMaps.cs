using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Tests.Central;
using MmoOrleans.Grains.Tests.Cluster;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using static MmoOrleans.Grains.Tests.Chat.Lines;

namespace MmoOrleans.Grains.Tests.Chat;

public class ConnectingMaps(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private IChatChannelGrain Global => cluster.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("global"));

    private ICentralGrain Central => cluster.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);

    [Fact]
    public async Task Chat_starts_with_the_silos_and_registers_with_Central()
    {
        var state = await Wait.For(Central.GetState, state => state.Chat is not null, "chat to register");

        Assert.Equal("chat:global", state.Chat!.Channel);
        await Wait.For(Global.GetState, chat => chat.RegisteredWithCentral, "chat to know that it is registered");
        Assert.NotEmpty(cluster.Log.Of(1001));
    }

    [Fact]
    public async Task A_map_that_Central_knows_is_told_where_the_channel_stands_and_listed()
    {
        var map = await Registered("Known");
        var said = Granted(await Global.Say(Line("hello")));

        var head = Granted(await Global.Connect(map.Id, map.Connection.ConnectionKey));

        Assert.True(head >= said);
        Assert.Contains("1/Known", (await Global.GetState()).ConnectedMaps);
    }

    [Fact]
    public async Task A_channel_that_Orleans_moves_brings_its_lines_and_nothing_fails()
    {
        var said = Granted(await Global.Say(Line("before the move")));
        var from = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Global);
        var to = cluster.Orleans.Silos.Select(silo => silo.SiloAddress).First(silo => !silo.Equals(from));

        RequestContext.Set(IPlacementDirector.PlacementHintKey, to);
        await Global.AsReference<IGrainManagementExtension>().MigrateOnIdle();
        RequestContext.Clear();

        await Wait.For(async () => await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Global), at => to.Equals(at), "the channel to be there");
        Assert.Contains("before the move", Texts((await Global.Since(said with { Counter = said.Counter - 1 })).Lines));
        Assert.True(Granted(await Global.Say(Line("after it"))) > said);
        Assert.DoesNotContain(cluster.Log.All, line => line.Text.Contains("dehydrat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var map = await Registered("Wrong");

        Assert.Equal(RefusalCode.InvalidServerKey, Denied(await Global.Connect(map.Id, "another key")).Code);
        Assert.DoesNotContain("1/Wrong", (await Global.GetState()).ConnectedMaps);
    }

    [Fact]
    public async Task The_key_of_an_earlier_activation_is_refused()
    {
        var first = await Registered("Old");
        var second = new TestMap("Old", One, activated: 2000);
        One.Attach(second);
        await Central.RegisterMap(second.Connection, 0);
        await Knows(second);

        Assert.Equal(RefusalCode.InvalidServerKey, Denied(await Global.Connect(first.Id, first.Connection.ConnectionKey)).Code);
        Granted(await Global.Connect(second.Id, second.Connection.ConnectionKey));
    }

    [Fact]
    public async Task A_map_that_nobody_knows_is_refused() =>
        Assert.Equal(RefusalCode.InvalidServerKey, Denied(await Global.Connect(Servers.Id("Nowhere"), "key")).Code);

    private ILocalDirectory One => cluster.Service<ILocalDirectory>(0);

    private async Task<TestMap> Registered(string name)
    {
        var map = new TestMap(name, One);
        One.Attach(map);
        await Central.RegisterMap(map.Connection, 0);
        await Knows(map);
        return map;
    }

    private Task Knows(TestMap map) => Wait.Until(
        () => Enumerable.Range(0, 2).All(silo => cluster.Service<ILocalDirectory>(silo).Find(map.Id)?.ConnectionKey == map.Connection.ConnectionKey),
        $"both silos to know {map.Id}");
}
