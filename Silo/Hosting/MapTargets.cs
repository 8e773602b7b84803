using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Hosting;

/// <summary>Where the maps of a silo that stops go on: each on the other silo that carries the least by then, the fullest first.</summary>
internal sealed class MapTargets(SiloLoads loads, ILocalSiloDetails here)
{
    /// <summary>Empty when there is no other silo.</summary>
    public IReadOnlyDictionary<MapId, SiloAddress> For(IEnumerable<ILocalMap> maps)
    {
        var others = loads.OfAll();
        others.Remove(here.SiloAddress);
        return Spread(maps.Select(map => (map.Connection.Map, map.Users)), others);
    }

    internal static IReadOnlyDictionary<MapId, SiloAddress> Spread(IEnumerable<(MapId Map, int Users)> maps, Dictionary<SiloAddress, int> carried)
    {
        var targets = new Dictionary<MapId, SiloAddress>();
        if (carried.Count == 0)
            return targets;
        foreach (var (map, users) in maps.OrderByDescending(map => map.Users))
        {
            var target = carried.MinBy(silo => silo.Value).Key;
            carried[target] += 1 + users;
            targets[map] = target;
        }
        return targets;
    }
}
