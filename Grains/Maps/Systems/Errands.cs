namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// Slow work that systems have asked for and whose results come back into a later step. Who runs the map takes what is waiting, runs
/// it outside of the step, and posts what it returns.
/// </summary>
internal sealed class Errands
{
    /// <summary>Work that takes longer is cancelled and given up: its place is needed.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private const int Most = 256;

    private readonly Queue<Func<CancellationToken, Task<Action>>> _waiting = [];
    private int _underWay;

    public bool IsBusy => _waiting.Count + _underWay > 0;

    /// <summary>False at the bound: the caller is told, and asks again when it likes.</summary>
    public bool Add(Func<CancellationToken, Task<Action>> errand)
    {
        if (_waiting.Count + _underWay >= Most)
            return false;
        _waiting.Enqueue(errand);
        return true;
    }

    /// <summary>The next errand to run; its result must be given to <see cref="Done"/>.</summary>
    public bool TryTake(out Func<CancellationToken, Task<Action>> errand)
    {
        if (!_waiting.TryDequeue(out errand!))
            return false;
        _underWay++;
        return true;
    }

    public void Done() => _underWay--;

    /// <summary>Runs one, within the deadline even if it does not listen to its cancellation.</summary>
    /// <param name="late">What to do instead of using the result.</param>
    public static async Task<Action> Run(Func<CancellationToken, Task<Action>> errand, Action late, TimeProvider time, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return await errand(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return late;
        }
    }
}
