namespace MmoOrleans.Gateway.Configuration;

/// <summary>
/// All that a host was told, checked and complete: every default is filled in (ConfigKeys has them) and every path is absolute.
/// Both hosts get the same record; the parts a host does not read hold their defaults.
/// </summary>
public sealed record ServerSettings
{
    /// <summary>The file that was read; null: none, the defaults apply.</summary>
    public required string? ConfigFile { get; init; }

    /// <summary>Where players come in.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>Where operators come in.</summary>
    public required DashboardSettings Dashboard { get; init; }

    /// <summary>Where a Gateway host answers Prometheus, on loopback; null: nowhere.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>How silos and Gateway hosts find each other.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>What this silo is asked to do.</summary>
    public required RoleSettings Roles { get; init; }

    /// <summary>Channels, maps and moving in them.</summary>
    public required WorldSettings World { get; init; }

    /// <summary>Accounts and their characters.</summary>
    public required AccountSettings Accounts { get; init; }

    /// <summary>Talking.</summary>
    public required ChatSettings Chat { get; init; }

    /// <summary>Where records are kept and hosts find each other.</summary>
    public required DatabaseSettings Database { get; init; }

    /// <summary>The SQLite file (storagePath).</summary>
    public required string StoragePath { get; init; }
}
