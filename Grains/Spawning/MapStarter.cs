using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Spawning;

/// <summary>Starts maps, each until it is registered with Central, and has those that nobody wants retire.</summary>
internal interface IMapStarter
{
    /// <summary>Granted when it is up, else refused with the reason, within the time. Never throws.</summary>
    Task<Answer<MapReadiness>> Start(MapId map, TimeSpan within);

    /// <summary>True when the map does not run any more; false while somebody is on it, or when it does not answer. Never throws.</summary>
    Task<bool> Retire(MapId map);
}

/// <summary>
/// Asks the map's grain, which is activated by it and answers when it is registered: so the next map can start in that moment. It is
/// asked again after a while, because the answer of one that dies would never come.
/// </summary>
internal sealed class MapStarter(IGrainFactory grains, TimeProvider time) : IMapStarter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>For the way of the answer: at the deadline it is better to know how far the map is than to hear nothing of it.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    public async Task<Answer<MapReadiness>> Start(MapId map, TimeSpan within)
    {
        var deadline = time.GetUtcNow() + within;
        while (true)
        {
            var answer = await Ask(map, deadline - time.GetUtcNow());
            if (!answer.TryGet(out var readiness, out _) || readiness.Registered) return answer;
            if (time.GetUtcNow() + OnTheWay >= deadline) return NotInTime($"It is up but was not registered with Central within {within.TotalSeconds:0.#} s.");
        }
    }

    public async Task<bool> Retire(MapId map)
    {
        try
        {
            return await grains.GetGrain<IMapGrain>(map.Key).Retire().WaitAsync(AnswerWithin, time);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return false; // It is asked again.
        }
    }

    private async Task<Answer<MapReadiness>> Ask(MapId map, TimeSpan left)
    {
        try
        {
            var patience = Clamp(left - OnTheWay, LongestWait);
            return await grains.GetGrain<IMapGrain>(map.Key).BringUp(patience).WaitAsync(Clamp(left, TimeSpan.MaxValue), time);
        }
        catch (TimeoutException)
        {
            return NotInTime("It did not answer in time.");
        }
        catch (Exception failure)
        {
            return NotInTime($"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private static TimeSpan Clamp(TimeSpan wait, TimeSpan most) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < most ? wait : most;

    private static Answer<MapReadiness> NotInTime(string why) =>
        Answer.Refuse<MapReadiness>(new Refusal(RefusalCode.MapServerNotReady, why));
}
