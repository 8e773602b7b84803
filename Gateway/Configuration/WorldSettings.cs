using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>Channels, maps and moving in them.</summary>
public sealed record WorldSettings
{
    /// <summary>The channels, at least one, each id once.</summary>
    public required ImmutableArray<ChannelSetting> Channels { get; init; }

    /// <summary>Ids of the channels in which maps are kept up; each is in <see cref="Channels"/>.</summary>
    public required ImmutableArray<string> SpawnChannels { get; init; }

    /// <summary>Names of the maps to keep up; null: every map in <see cref="MapsPath"/>; empty: none.</summary>
    public required ImmutableArray<string>? SpawnMaps { get; init; }

    /// <summary>Folder of the map files; whether it exists is for the reader of maps to say.</summary>
    public required string MapsPath { get; init; }

    /// <summary>Where new characters begin; null: the first map in <see cref="MapsPath"/> by name.</summary>
    public required string? StartMap { get; init; }

    /// <summary>Time a map may take to come up (mapSpawnMillisecondsTimeout).</summary>
    public required TimeSpan SpawnTimeout { get; init; }

    /// <summary>Players one map takes (mapMaxConnections).</summary>
    public required int MaxPlayersPerMap { get; init; }

    /// <summary>Steps of a map per second (tickRate).</summary>
    public required int TickRateHz { get; init; }

    /// <summary>How far a player sees (visibleRange).</summary>
    public required double VisibleRangeMeters { get; init; }

    /// <summary>How fast a player may move (maxSpeed).</summary>
    public required double MaxSpeedMetersPerSecond { get; init; }

    /// <summary>How far above or below the ground a player may be (maxHeight).</summary>
    public required double MaxHeightMeters { get; init; }

    /// <summary>How long an avatar waits for its lost connection (graceSeconds).</summary>
    public required TimeSpan Grace { get; init; }
}
