using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// Finds a map that takes a character: asks the maps in order of preference, starts each by asking, and waits for one that is
/// not ready. Only a map that does not exist is passed over; one that is full says so.
/// </summary>
internal sealed class SeatFinding(IMapCalls maps, GrainCalls calls, IOptions<CharacterOptions> options, TimeProvider time)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Refusal Silence = Refusal.For(RefusalCode.MapServerNotReady, TimeSpan.FromSeconds(1));

    /// <summary>Refused: MAP_SERVER_NOT_READY (also when it is not waited for any more), MAP_IS_FULL.</summary>
    public async Task<Answer<Seat>> Find(CharacterId character, IEnumerable<MapId> preferred, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        foreach (var map in preferred.Distinct())
        {
            var address = await Insist(character, map, started, cancellation);
            if (address.TryGet(out _, out var why)) return address.Select(found => new Seat(map, found));
            if (why.Code != RefusalCode.MapNotFound) return Answer.Refuse<Seat>(why);
        }

        return Answer.Refuse<Seat>(RefusalCode.MapServerNotReady);
    }

    /// <summary>One question, for a warp: nothing is awaited that the player would notice.</summary>
    public Task<Answer<MapAddress>> Ask(CharacterId character, MapId map, TimeSpan within) => calls.Ask(
        maps.Reserve(map, character, options.Value.TicketLifetime), within, Silence, $"Reserving a seat on {map}");

    private async Task<Answer<MapAddress>> Insist(CharacterId character, MapId map, long started, CancellationToken cancellation)
    {
        while (true)
        {
            var address = await Ask(character, map, AnswerWithin);
            if (address.TryGet(out _, out var why) || !IsPassing(why.Code)) return address;
            if (time.GetElapsedTime(started) + Pause >= options.Value.MapStartDeadline || cancellation.IsCancellationRequested)
                return Answer.Refuse<MapAddress>(RefusalCode.MapServerNotReady, why.RetryAfter ?? Silence.RetryAfter);
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    // A map that closes is about to start elsewhere.
    private static bool IsPassing(RefusalCode code) => code is RefusalCode.MapServerNotReady or RefusalCode.ServerBusy or RefusalCode.ServerClose;
}

internal sealed record Seat(MapId Map, MapAddress Address);
