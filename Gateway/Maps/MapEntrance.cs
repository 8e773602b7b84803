using System.Collections.Immutable;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Puts an admitted character on its map: joins the feed, then asks the map, again and again while it only needs more time.
/// When the outcome stays unknown, or the client went meanwhile, the map is told that the player is lost.
/// </summary>
internal sealed class MapEntrance(IGrainFactory grains, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task<Answer<EnteredMap>> Enter(ClientRequest request, FeedEntry entry, Admission admission, ImmutableArray<ChatHeard> heard)
    {
        var map = grains.GetGrain<IMapGrain>(admission.Map.Key);
        var began = time.GetTimestamp();
        await request.Ask(entry.Link.Settled);
        while (true)
        {
            var joining = entry.Feed.Joining;
            var answer = await AskOnce(request, map, new MapEntry(admission, request.Connection.Id, heard));
            if (answer.TryGet(out var welcome, out var why))
                return Answer.Of(new EnteredMap(welcome, joining));
            if (!IsTemporary(why) || time.GetElapsedTime(began) >= options.GrainCallTimeout)
                return Answer.Refuse<EnteredMap>(why);
            await Wait(request, entry, why);
        }
    }

    private async Task<Answer<MapWelcome>> AskOnce(ClientRequest request, IMapGrain map, MapEntry entry)
    {
        try
        {
            return await request.Ask(map.Enter(entry));
        }
        catch (Exception unknown) when (GrainFailures.IsUnavailable(unknown))
        {
            await Undo(map, entry.Admission);
            throw;
        }
    }

    private async Task Undo(IMapGrain map, Admission admission)
    {
        var told = map.Leave(admission.Character, admission.Owner, LeaveKind.Lost).WaitAsync(options.GrainCallTimeout, time);
        // If this is lost as well, the map's lease on this gateway or the next entry under a higher owner ends the stay.
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Wait(ClientRequest request, FeedEntry entry, Refusal why)
    {
        if (why.Code == RefusalCode.AppNotReady)
            entry.Link.JoinAgain("the map does not know this gateway");
        var wait = why.RetryAfter ?? ShortestWait;
        await Task.Delay(wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait, time, request.Connection.Gone);
        await request.Ask(entry.Link.Settled);
    }

    private static bool IsTemporary(Refusal why) => why.Code is RefusalCode.MapServerNotReady or RefusalCode.AppNotReady or RefusalCode.ServerBusy;
}

/// <summary>The map took the character.</summary>
/// <param name="Joining">Which joining of the feed the map was asked under: after a later one it may believe the player lost.</param>
internal sealed record EnteredMap(MapWelcome Welcome, int Joining);
