namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>What a test may want different from the standard world.</summary>
public sealed class GrainClusterOptions
{
    /// <summary>Silos at the start. Default: 2.</summary>
    public short Silos { get; set; } = 2;

    /// <summary>What grains and their timers read. Default: the machine's clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Called for each silo after the standard registrations: what is registered here wins. Default: nothing.</summary>
    public Action<ISiloBuilder>? Silo { get; set; }

    /// <summary>A cluster whose store this one shares and of which it knows nothing else. Default: none, an empty store.</summary>
    public GrainCluster? Beside { get; set; }
}
