using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>The scene is loaded: the character becomes visible, and its client gets frames.</summary>
internal sealed class ClientReadyHandler
{
    public async Task Handle(ClientRequest request)
    {
        if (request.Connection.Visit is not { } visit)
        {
            request.Refuse(RefusalCode.AppNotReady);
            return;
        }
        var ready = await request.Ask(visit.Map.Ready(visit.Character, visit.Owner));
        if (!ready.TryGet(out var tick, out var why))
        {
            request.Refuse(why);
            return;
        }
        request.Answer(new ServerMessage { Spawned = ToWire(request, visit, tick) });
        visit.Feed.Show(visit);
    }

    private static Spawned ToWire(ClientRequest request, Visit visit, long tick) => new()
    {
        EntityId = (uint)visit.Entity,
        Tick = (ulong)tick,
        ServerTimeMs = (ulong)request.Connection.Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
