namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>What a map calls others for.</summary>
internal enum Errand
{
    Register,
    Claim,
    Checkpoint,
    Save,
    BringUp,
    Attach,
    Warp,
    Mute,
    ConnectChat,
    Subscribe,
    Head,
    Repair,
    CatchUp,
}

/// <summary>What came of a call: its result, or the reason there is none (an exception, or silence until the timeout).</summary>
internal readonly record struct Outcome<T>(T? Result, Exception? Failure)
{
    public bool TryGet(out T result)
    {
        result = Result!;
        return Failure is null;
    }
}

/// <summary>
/// A map's own calls: started by a step, never awaited by one. Of each kind, and for calls about a character of each kind and
/// character, one is under way at most. After the timeout the map goes on without the answer. What comes of a call is posted
/// back and applied in the next step, so that no rule of the map is ever interrupted.
/// </summary>
internal sealed class Outbox(TimeProvider time, TimeSpan timeout, Action<Action> post, CallCount count)
{
    private readonly HashSet<(Errand, Guid)> _underWay = [];

    public bool IsEmpty => _underWay.Count == 0;

    public bool IsUnderWay(Errand errand, Guid about = default) => _underWay.Contains((errand, about));

    /// <summary>How many calls of a kind are under way.</summary>
    public int Count(Errand errand) => _underWay.Count(call => call.Item1 == errand);

    /// <summary>Starts a call; false when the same one is under way.</summary>
    public bool Start<T>(Errand errand, Func<Task<T>> call, Action<Outcome<T>> then) => Start(errand, default, call, then);

    public bool Start<T>(Errand errand, Guid about, Func<Task<T>> call, Action<Outcome<T>> then)
    {
        if (!_underWay.Add((errand, about)))
            return false;
        Run((errand, about), call, then).Ignore();
        return true;
    }

    private async Task Run<T>((Errand, Guid) key, Func<Task<T>> call, Action<Outcome<T>> then)
    {
        count.Add(1);
        var outcome = await Try(call);
        count.Add(-1);
        post(() =>
        {
            _underWay.Remove(key);
            then(outcome);
        });
    }

    private async Task<Outcome<T>> Try<T>(Func<Task<T>> call)
    {
        try
        {
            return new(await call().WaitAsync(timeout, time), null);
        }
        catch (Exception failure)
        {
            // Whatever it was: the map asks again or goes on without, and says so in its log.
            return new(default, failure);
        }
    }
}
