using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>The scene is loaded: the character becomes visible, and its client gets frames.</summary>
internal sealed class ClientReadyHandler
{
    /// <summary>As long as a gateway needs to bring its players to a map that was started anew, and a little more.</summary>
    private static readonly TimeSpan UntilItIsBack = TimeSpan.FromMilliseconds(250);

    public async Task Handle(ClientRequest request)
    {
        if (request.Connection.Visit is not { } visit)
        {
            request.Refuse(RefusalCode.AppNotReady);
            return;
        }
        var ready = await request.Ask(() => visit.Map.Ready(visit.Character, visit.Owner));
        if (!ready.TryGet(out var tick, out var why))
        {
            request.Refuse(IsOnItsWay(request, visit, why) ? Refusal.For(RefusalCode.MapServerNotReady, UntilItIsBack) : why);
            return;
        }
        request.Answer(new ServerMessage { Spawned = ToWire(request, visit, tick) });
        visit.Feed.Show(visit);
    }

    /// <summary>
    /// The visit goes on, so nobody has taken the character off the map: the map died after the entry, runs elsewhere, and does not know of it until
    /// this gateway has joined it again.
    /// </summary>
    private static bool IsOnItsWay(ClientRequest request, Visit visit, Refusal why) =>
        why.Code == RefusalCode.CharacterNotFound && request.Connection.Visit == visit;

    private static Spawned ToWire(ClientRequest request, Visit visit, long tick) => new()
    {
        EntityId = (uint)visit.Entity,
        Tick = (ulong)tick,
        ServerTimeMs = (ulong)request.Connection.Time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
