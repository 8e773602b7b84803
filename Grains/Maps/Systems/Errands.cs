namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// Slow work that systems have asked for and whose results come back into a later step. Who runs the map takes what is waiting, runs
/// it outside of the step, and posts what it returns.
/// </summary>
internal sealed class Errands
{
    private const int Most = 256;

    private readonly Queue<Func<CancellationToken, Task<Action>>> _waiting = [];
    private int _underWay;

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
}
