using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Silo.Hosting;

/// <summary>A running map, as it weighs on its silo.</summary>
internal readonly record struct PlacedMap(MapId Map, string Silo, int Users)
{
    public int Weight => 1 + Users;
}

/// <summary>Which maps have to go where, so that every silo carries about as many maps and players.</summary>
internal static class MapSpread
{
    /// <summary>
    /// Each goes to the silo that carries the least, from the one that carries the most and has a map whose move brings the two closer: the
    /// heaviest that leaves it with no less than the other, else the lightest. No map goes twice.
    /// </summary>
    public static ImmutableArray<(MapId Map, string To)> Plan(IEnumerable<PlacedMap> maps, IEnumerable<string> silos)
    {
        var carried = silos.ToDictionary(silo => silo, _ => 0);
        var staying = maps.Where(map => carried.ContainsKey(map.Silo)).ToList();
        foreach (var map in staying)
            carried[map.Silo] += map.Weight;
        var moves = ImmutableArray.CreateBuilder<(MapId, string)>();
        while (Next(staying, carried) is var (map, to))
        {
            (carried[map.Silo], carried[to]) = (carried[map.Silo] - map.Weight, carried[to] + map.Weight);
            staying.Remove(map);
            moves.Add((map.Map, to));
        }
        return moves.ToImmutable();
    }

    private static (PlacedMap Map, string To)? Next(List<PlacedMap> maps, Dictionary<string, int> carried)
    {
        if (carried.Count == 0)
            return null;
        var least = carried.MinBy(silo => silo.Value);
        foreach (var (silo, load) in carried.OrderByDescending(silo => silo.Value))
        {
            var gap = load - least.Value;
            var fitting = maps.Where(map => map.Silo == silo && map.Weight < gap).ToList();
            if (fitting.Count > 0)
                return (Best(fitting, gap), least.Key);
        }
        return null;
    }

    private static PlacedMap Best(List<PlacedMap> fitting, int gap)
    {
        var small = fitting.Where(map => 2 * map.Weight <= gap).ToList();
        return small.Count > 0 ? small.MaxBy(map => map.Weight) : fitting.MinBy(map => map.Weight);
    }
}
