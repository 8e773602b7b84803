namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// Where maps come from. One per silo, asked by many grains at once. Calls are synchronous: the first one for a large map
/// takes some tens of milliseconds, which the host spends at start by loading each map once.
/// </summary>
public interface IMapSource
{
    /// <summary>The maps there are now, sorted; some of them may turn out to be refused.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Never throws on account of the name or of what is stored under it.</summary>
    MapLoad Load(string name);
}
