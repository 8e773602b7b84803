namespace MmoOrleans.Grains.Central;

internal static class Cluster
{
    /// <summary>The silos that are up and do not stop.</summary>
    internal static IEnumerable<ClusterMember> Active(this ClusterMembershipSnapshot cluster) =>
        cluster.Members.Values.Where(silo => silo.Status == SiloStatus.Active);

    internal static IEnumerable<string> NamesOfActive(this ClusterMembershipSnapshot cluster) => cluster.Active().Select(silo => silo.Name);
}
