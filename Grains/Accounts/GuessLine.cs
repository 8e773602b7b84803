using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// Guesses at one password that share a limit of failures. One is compared at a time, in the order they came, so that the limit
/// holds however many come at once; beyond the limit nobody waits. For one grain: it relies on its scheduler.
/// </summary>
internal sealed class GuessLine(int mostFailures, TimeSpan window, TimeProvider time)
{
    /// <summary>Guesses in the line. Wrong ones end at the limit, so a line this long is one player's client gone wild: one more is answered busy.</summary>
    public const int MaxWaiting = 128;

    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    private readonly FailureLimit _failures = new(mostFailures, window);
    private Task _last = Task.CompletedTask;
    private int _waiting;

    /// <summary>The guess was wrong.</summary>
    public void Failed() => _failures.Failed(time.GetUtcNow());

    /// <summary>Asks the guess when its turn has come. Refused instead: RATE_LIMITED, SERVER_BUSY.</summary>
    public async Task<Answer<T>> Take<T>(Func<Task<Answer<T>>> guess)
    {
        if ((Limited() ?? Full()) is { } refused) return Answer.Refuse<T>(refused);
        var before = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_last, _waiting) = (done.Task, _waiting + 1);
        try
        {
            await before;
            return Limited() is { } late ? Answer.Refuse<T>(late) : await guess();
        }
        finally
        {
            _waiting--;
            done.SetResult();
        }
    }

    private Refusal? Limited() => _failures.Wait(time.GetUtcNow()) is { } wait ? Refusal.For(RefusalCode.RateLimited, wait) : null;

    private Refusal? Full() => _waiting < MaxWaiting ? null : Refusal.For(RefusalCode.ServerBusy, ComeBack);
}
