namespace MmoOrleans.Grains.Maps.Data;

/// <summary>A place that takes whoever walks into it to another place, of this map or of another one.</summary>
/// <param name="Name">As the map's author named it, or "warp ID"; for logs and the players' list of warps.</param>
/// <param name="Area">Where one has to step, in metres of this map.</param>
/// <param name="DestMap">The name of the target map. It need not exist: see <see cref="MapWarnings"/>.</param>
/// <param name="Destination">Where one arrives, in metres of the target map.</param>
public sealed record MapWarp(string Name, MapRectangle Area, string DestMap, MapPoint Destination);
