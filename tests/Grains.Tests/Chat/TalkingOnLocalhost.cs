using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Chat;
using MmoOrleans.Grains.Tests.Cluster;
using static MmoOrleans.Grains.Tests.Chat.Lines;

namespace MmoOrleans.Grains.Tests.Chat;

public class TalkingOnLocalhost
{
    [Fact]
    public async Task Lines_are_not_stored_but_positions_never_go_back()
    {
        await using var cluster = await GrainCluster.Start(o =>
        {
            o.Silos = 1;
            o.Silo = silo => silo.Configure<ChatOptions>(chat => chat.Durable = false);
        });
        var channel = cluster.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("test-localhost"));
        var positions = new List<Fence>();
        for (var i = 0; i < 3; i++)
            positions.Add(Granted(await channel.Say(Line($"{i}"))));
        Assert.Equal(1, cluster.Storage.Writes("chat"));

        await cluster.Deactivate(channel);
        positions.Add(Granted(await channel.Say(Line("after a restart"))));

        Assert.Equal(positions.Distinct().Order(), positions);
        Assert.Equal(2, cluster.Storage.Writes("chat"));
    }
}
