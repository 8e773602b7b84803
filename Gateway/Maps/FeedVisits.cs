namespace MmoOrleans.Gateway.Maps;

/// <summary>Who is on one map over this gateway. Guarded by its feed.</summary>
internal sealed class FeedVisits
{
    private readonly List<Visit> _all = [];
    private readonly Dictionary<int, Visit> _byEntity = [];

    public int Count => _all.Count;

    /// <summary>In no lasting order. Who removes while going through it goes backwards.</summary>
    public IReadOnlyList<Visit> All => _all;

    public Visit? Find(int entity) => _byEntity.GetValueOrDefault(entity);

    public void Add(Visit visit)
    {
        visit.Index = _all.Count;
        _all.Add(visit);
        _byEntity[visit.Entity] = visit;
    }

    public void Remove(Visit visit)
    {
        if (visit.Index >= _all.Count || _all[visit.Index] != visit)
            return;
        var last = _all[^1];
        (_all[visit.Index], last.Index) = (last, visit.Index);
        _all.RemoveAt(_all.Count - 1);
        if (Find(visit.Entity) == visit)
            _byEntity.Remove(visit.Entity);
    }

    /// <summary>The map has numbered its entities anew.</summary>
    public void FindByNewEntities()
    {
        _byEntity.Clear();
        foreach (var visit in _all)
            _byEntity[visit.Entity] = visit;
    }
}
