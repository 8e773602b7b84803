namespace MmoOrleans.Grains.Central;

/// <summary>The channels that players choose from. Each has its own copy of every map.</summary>
public sealed class ChannelOptions
{
    /// <summary>What a channel admits that is configured with 0 or less, and the one there is when none is configured.</summary>
    public const int DefaultMaxConnections = 500;

    /// <summary>In the order in which players see them. Default: one, <c>default</c>, for 500 players.</summary>
    public IReadOnlyList<ConfiguredChannel> Channels { get; set; } = [new("default", "Default", DefaultMaxConnections)];
}

/// <param name="Id">As clients and map keys name it.</param>
/// <param name="Title">As players read it.</param>
/// <param name="MaxConnections">Players on all maps of the channel together.</param>
public sealed record ConfiguredChannel(string Id, string Title, int MaxConnections);
