namespace MmoOrleans.Grains.Maps.Data;

/// <summary>What only shows when all maps are looked at together. For the host to tell at start; each is one sentence.</summary>
public static class MapWarnings
{
    /// <summary>The warps whose target map is not there. A player who uses one is refused and walks on.</summary>
    public static IEnumerable<string> UnknownWarpTargets(IMapSource source)
    {
        HashSet<string> names = [.. source.Names()];
        return from map in LoadedMaps(source)
               from warp in map.Warps
               where !names.Contains(warp.DestMap)
               select $"map {map.Name}: warp '{warp.Name}' leads to map {warp.DestMap}, of which there is no file";
    }

    /// <summary>The warps that lead into a wall or off their target map. Who uses one arrives at the nearest free tile.</summary>
    public static IEnumerable<string> BlockedWarpTargets(IMapSource source)
    {
        Dictionary<string, MapData> maps = LoadedMaps(source).ToDictionary(map => map.Name);
        return from map in maps.Values
               from warp in map.Warps
               where maps.TryGetValue(warp.DestMap, out MapData? target) && target.IsBlocked(warp.Destination)
               select FormattableString.Invariant(
                   $"map {map.Name}: warp '{warp.Name}' leads to x {warp.Destination.X} z {warp.Destination.Z} of map {warp.DestMap}, where the ground is blocked");
    }

    private static IEnumerable<MapData> LoadedMaps(IMapSource source) =>
        source.Names().Select(source.Load).OfType<MapLoad.Loaded>().Select(loaded => loaded.Map);
}
