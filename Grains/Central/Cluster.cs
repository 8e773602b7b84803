namespace MmoOrleans.Grains.Central;

internal static class Cluster
{
    /// <summary>The names of the silos that are up and do not stop.</summary>
    internal static IEnumerable<string> NamesOfActive(this ClusterMembershipSnapshot cluster) =>
        cluster.Members.Values.Where(silo => silo.Status == SiloStatus.Active).Select(silo => silo.Name);
}
