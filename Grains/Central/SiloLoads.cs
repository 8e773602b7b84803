using MmoOrleans.GrainInterfaces.Central;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// What the silos of the cluster carry, by their addresses: a map counts as much as a player. Those that stop carry nothing more and are
/// left out.
/// </summary>
public sealed class SiloLoads(ILocalDirectory directory, IClusterMembershipService membership)
{
    /// <summary>The silo of this name that a map may be put on; null: there is none, or it stops.</summary>
    public SiloAddress? Find(string name) => Of(Active).Keys.FirstOrDefault(silo => membership.CurrentSnapshot.Members[silo].Name == name);

    /// <summary>Of every silo that a map may be put on.</summary>
    public Dictionary<SiloAddress, int> OfAll() => Of(Active);

    /// <summary>Of those among them that a map may be put on. One that Central has not heard of, or no more, may carry as much as any.</summary>
    public Dictionary<SiloAddress, int> Of(IEnumerable<SiloAddress> silos)
    {
        var (known, loads) = (directory.Silos.ToDictionary(load => load.Silo), new Dictionary<SiloAddress, int>());
        var unknown = known.Values.Select(LoadOf).DefaultIfEmpty().Max();
        foreach (var silo in silos)
            if (!membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) || !known.TryGetValue(member.Name, out var load))
                loads[silo] = unknown;
            else if (!load.IsLeaving)
                loads[silo] = LoadOf(load);
        return loads;
    }

    private static int LoadOf(SiloLoad load) => load.Maps + load.Users;

    private IEnumerable<SiloAddress> Active => membership.CurrentSnapshot.Active().Select(silo => silo.SiloAddress);
}
