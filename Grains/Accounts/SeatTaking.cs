using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// Takes a seat on a channel at Central. A Central that has just restarted does not know the counts yet, or does not answer for
/// a moment: players wait for it instead of being refused.
/// </summary>
/// <param name="central">Takes a seat at once or not at all.</param>
internal sealed class SeatTaking(Func<string, AccountId, Task<Answer<string>>> central, GrainCalls calls, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly Refusal Silence = Refusal.For(RefusalCode.RetryLater, TimeSpan.FromSeconds(1));

    public SeatTaking(IGrainFactory grains, GrainCalls calls, TimeProvider time)
        : this((channel, account) => grains.GetGrain<ICentralGrain>(GrainKeys.Central).TakeSeat(channel, account), calls, time)
    {
    }

    /// <summary>The id of the channel. Refused: INVALID_CHANNEL_ID, CHANNEL_IS_FULL; RETRY_LATER when it took too long or is not waited for any more.</summary>
    public async Task<Answer<string>> Take(string channel, AccountId account, CancellationToken cancellation = default)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var seat = await calls.Ask(central(channel, account), AnswerWithin, Silence, "Taking a seat at Central");
            if (seat.TryGet(out _, out var why) || why.Code != RefusalCode.RetryLater) return seat;
            var pause = why.RetryAfter is { } wait && wait < Pause ? wait : Pause;
            if (time.GetElapsedTime(started) + pause >= Deadline || cancellation.IsCancellationRequested) return seat;
            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
