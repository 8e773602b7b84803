using System.Net;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>How silos and Gateway hosts find each other.</summary>
public sealed record ClusterSettings
{
    /// <summary>The name of the cluster: silos and gateways of one name find each other (clusterId).</summary>
    public required string ClusterId { get; init; }

    /// <summary>The name of the world: rows in the storage carry it (serviceId).</summary>
    public required string ServiceId { get; init; }

    /// <summary>This silo's address for others (siloAddress).</summary>
    public required IPAddress SiloAddress { get; init; }

    /// <summary>This silo's own port; 0: any free one.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Host of the primary silo, where there is no cluster database (centralAddress).</summary>
    public required string PrimaryHost { get; init; }

    /// <summary>Silo port of the primary silo (clusterPort).</summary>
    public required int PrimaryPort { get; init; }

    /// <summary>The Orleans client port: this silo's, and for a Gateway host the primary silo's.</summary>
    public required int OrleansGatewayPort { get; init; }
}
