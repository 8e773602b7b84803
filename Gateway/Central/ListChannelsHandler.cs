using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Central;

/// <summary>The channels with their live counts. Needs no login.</summary>
internal sealed class ListChannelsHandler(ChannelStates channels)
{
    public async Task Handle(ClientRequest request)
    {
        var list = new ChannelList();
        foreach (var channel in await request.Ask(channels.Ask()))
            list.Channels.Add(ToWire(channel));
        request.Answer(new ServerMessage { ChannelList = list });
    }

    private static Channel ToWire(ChannelState channel) => new()
    {
        Id = channel.Id,
        Title = channel.Title,
        Connections = (uint)channel.Connections,
        MaxConnections = (uint)channel.MaxConnections,
    };
}
