namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>How many calls the maps of a silo have under way: counted by all of them at once, looked at by whoever reads the metrics.</summary>
internal sealed class CallCount
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int calls) => Interlocked.Add(ref _count, calls);
}
