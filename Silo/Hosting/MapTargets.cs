using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Hosting;

/// <summary>Where the maps of a silo that stops go on: each on the other silo that has the fewest by then, the fullest first.</summary>
internal sealed class MapTargets(ILocalDirectory directory, IClusterMembershipService membership, ILocalSiloDetails here)
{
    /// <summary>Empty when there is no other silo.</summary>
    public IReadOnlyDictionary<MapId, SiloAddress> For(IEnumerable<ILocalMap> maps)
    {
        var bySilo = directory.Maps.CountBy(map => map.Silo).ToDictionary();
        var others = membership.CurrentSnapshot.Members.Values
            .Where(silo => silo.Status == SiloStatus.Active && !silo.SiloAddress.Equals(here.SiloAddress))
            .ToDictionary(silo => silo.SiloAddress, silo => bySilo.GetValueOrDefault(silo.Name));
        return Spread(maps.OrderByDescending(map => map.Users).Select(map => map.Connection.Map), others);
    }

    internal static IReadOnlyDictionary<MapId, SiloAddress> Spread(IEnumerable<MapId> maps, Dictionary<SiloAddress, int> mapsOn)
    {
        var targets = new Dictionary<MapId, SiloAddress>();
        if (mapsOn.Count == 0)
            return targets;
        foreach (var map in maps)
        {
            var target = mapsOn.MinBy(silo => silo.Value).Key;
            mapsOn[target]++;
            targets[map] = target;
        }
        return targets;
    }
}
