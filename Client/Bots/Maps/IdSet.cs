namespace MmoOrleans.Bots.Maps;

/// <summary>A set of entity ids from which one can be drawn by chance without walking through all of them.</summary>
internal sealed class IdSet
{
    private readonly Dictionary<uint, int> _places = [];
    private readonly List<uint> _ids = [];

    public int Count => _ids.Count;

    public uint this[int place] => _ids[place];

    public bool Contains(uint id) => _places.ContainsKey(id);

    public void Add(uint id)
    {
        if (_places.TryAdd(id, _ids.Count)) _ids.Add(id);
    }

    public void Remove(uint id)
    {
        if (!_places.Remove(id, out var place)) return;
        var last = _ids[^1];
        _ids[place] = last;
        _ids.RemoveAt(_ids.Count - 1);
        if (last != id) _places[last] = place;
    }

    public void Clear()
    {
        _places.Clear();
        _ids.Clear();
    }
}
