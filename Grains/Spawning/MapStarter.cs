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

/// <summary>Asks the map's grain again and again: the first call activates it, and it is not registered in that moment yet.</summary>
internal sealed class MapStarter(IGrainFactory grains, TimeProvider time) : IMapStarter
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    public async Task<Answer<MapReadiness>> Start(MapId map, TimeSpan within)
    {
        var deadline = time.GetUtcNow() + within;
        while (true)
        {
            var answer = await Ask(map, deadline);
            if (!answer.TryGet(out var readiness, out _) || readiness.Registered) return answer;
            if (time.GetUtcNow() + BetweenLooks >= deadline) return NotInTime($"It is up but was not registered with Central within {within.TotalSeconds:0.#} s.");
            await Task.Delay(BetweenLooks, time);
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

    private async Task<Answer<MapReadiness>> Ask(MapId map, DateTimeOffset deadline)
    {
        try
        {
            var left = deadline - time.GetUtcNow();
            return await grains.GetGrain<IMapGrain>(map.Key).Start().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
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

    private static Answer<MapReadiness> NotInTime(string why) =>
        Answer.Refuse<MapReadiness>(new Refusal(RefusalCode.MapServerNotReady, why));
}
