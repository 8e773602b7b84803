namespace MmoOrleans.Gateway.Configuration;

/// <summary>What this silo is asked to do. Central, chat and storage are grains and need no role.</summary>
/// <param name="RunsSpawner">Whether the spawner works here, keeping the wanted maps up.</param>
/// <param name="EnsuredMap">The one map of startMapServer; null: none.</param>
public sealed record RoleSettings(bool RunsSpawner, EnsuredMap? EnsuredMap);

/// <summary>A map that has to be up in a channel.</summary>
public sealed record EnsuredMap(string MapName, string ChannelId);
