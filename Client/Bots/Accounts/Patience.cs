using MmoOrleans.Sdk;

namespace MmoOrleans.Bots.Accounts;

/// <summary>
/// Asks again when a refusal names a time, as often as it takes, never sooner than told and spread by chance. The client does
/// so by itself for what it takes for a busy server; a bot does it for every such answer and counts them all.
/// </summary>
internal sealed class Patience(Random chance, TimeProvider time)
{
    public async Task<Answer<T>> Ask<T>(Func<Task<Answer<T>>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await ask();
            if (answer is not Answer<T>.Refused { RetryAfter.Ticks: > 0 } busy) return answer;
            await Task.Delay(busy.RetryAfter * (1 + chance.NextDouble() / 2), time, cancellation);
        }
    }
}
