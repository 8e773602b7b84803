using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Central;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MmoOrleans.Grains.Maps;

/// <summary>A map starts on the silo that carries the fewest maps and players.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class MapPlacement : PlacementStrategy
{
    internal static readonly MapPlacement Singleton = new();
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class MapPlacementAttribute() : PlacementAttribute(MapPlacement.Singleton);

/// <summary>
/// Orleans' own placement looks at the load of whole processes, once a second: of 60 maps that start together, one silo of three got 32 to 35 and
/// another 4 to 11. Here every map that was just placed counts at once.
/// </summary>
internal sealed class MapPlacementDirector(ILocalDirectory directory, SiloLoads loads, TimeProvider time) : IPlacementDirector
{
    /// <summary>So long a map may take until it is in the directory.</summary>
    private static readonly TimeSpan Underway = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<MapId, Placed> _placed = [];

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } wished && loads.Of([wished]).Count > 0)
            return Task.FromResult(wished);
        if (silos.Length == 1 || !MapId.TryParse(target.GrainIdentity.Key.ToString() ?? "", out var map))
            return Task.FromResult(silos[0]);
        lock (_gate)
            return Task.FromResult(Place(map, silos));
    }

    private SiloAddress Place(MapId map, SiloAddress[] silos)
    {
        var (now, carried) = (time.GetUtcNow(), loads.Of(silos));
        foreach (var (known, place) in _placed)
            if (place.Until <= now || (KeyOf(known) is { } listed && listed != place.Before))
                _placed.Remove(known);
            else if (carried.TryGetValue(place.Silo, out var load))
                carried[place.Silo] = load + 1;
        // When all of them stop, one has to take it all the same.
        var silo = carried.Count > 0 ? carried.MinBy(one => (one.Value, Random.Shared.Next())).Key : silos[0];
        _placed[map] = new Placed(silo, now + Underway, KeyOf(map));
        return silo;
    }

    private string? KeyOf(MapId map) => directory.Find(map)?.ConnectionKey;

    /// <param name="Before">The activation that was listed then: it has died, and is listed for a while yet.</param>
    private readonly record struct Placed(SiloAddress Silo, DateTimeOffset Until, string? Before);
}
