using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;

namespace MmoOrleans.Grains.Spawning;

/// <summary>A map to start now.</summary>
internal readonly record struct StartOrder(MapId Map, TimeSpan Timeout);

/// <summary>
/// The spawner's rules: what is wanted is the union of what the silos lease, and what is wanted is started, once, until it is up.
/// A map that nobody wants any more is left alone and forgotten. Bounded by what the silos of the cluster are configured with.
/// </summary>
internal sealed class DesiredMaps
{
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, SiloLease> _leases = [];
    private readonly Dictionary<MapId, DesiredMap> _maps = [];

    internal int Count => _maps.Count;

    internal ImmutableArray<string> Silos => [.. _leases.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True if the silo had no lease or wanted other maps.</summary>
    internal bool Lease(string silo, ImmutableArray<MapId> maps, TimeSpan timeout, DateTimeOffset now)
    {
        var isNew = !_leases.TryGetValue(silo, out var known) || !known.Maps.SequenceEqual(maps);
        _leases[silo] = new SiloLease(maps, timeout > TimeSpan.Zero ? timeout : DefaultTimeout, now + LeaseTime);
        if (isNew) Unite();
        return isNew;
    }

    /// <summary>True if the silo had a lease.</summary>
    internal bool Return(string silo)
    {
        if (!_leases.Remove(silo)) return false;
        Unite();
        return true;
    }

    /// <summary>Ends the leases of silos that were silent, and names them.</summary>
    internal ImmutableArray<string> Expire(DateTimeOffset now)
    {
        ImmutableArray<string> silent = [.. _leases.Where(lease => lease.Value.Until <= now).Select(lease => lease.Key)];
        foreach (var silo in silent)
            Return(silo);
        return silent;
    }

    /// <summary>Some of the maps that are to be started now; from here on they are starting.</summary>
    internal ImmutableArray<StartOrder> TakeDue(int most, DateTimeOffset now)
    {
        var due = _maps.Values.Where(map => map.IsDue(now)).Take(most).ToList();
        due.ForEach(map => map.Begin());
        return [.. due.Select(map => new StartOrder(map.Map, TimeoutOf(map.Map)))];
    }

    /// <summary>The map, if it is still wanted and starting.</summary>
    internal DesiredMap? FindStarting(MapId map) => _maps.GetValueOrDefault(map) is { Status: SpawnStatus.Starting } starting ? starting : null;

    /// <summary>Compares with the directory, and names those that have died.</summary>
    internal ImmutableArray<DesiredMap> Look(Func<MapId, bool> isListed, DateTimeOffset now) =>
        [.. _maps.Values.Where(map => map.Look(isListed(map.Map), now))];

    internal ImmutableArray<SpawnedMap> State() => [.. _maps.Values.OrderBy(map => map.Map.Key, StringComparer.Ordinal).Select(map => map.State())];

    private TimeSpan TimeoutOf(MapId map) => _leases.Values.Where(lease => lease.Maps.Contains(map)).Max(lease => lease.Timeout);

    private void Unite()
    {
        var wanted = _leases.Values.SelectMany(lease => lease.Maps).ToHashSet();
        foreach (var map in _maps.Keys.Where(map => !wanted.Contains(map)).ToList())
            _maps.Remove(map);
        foreach (var map in wanted)
            _maps.TryAdd(map, new DesiredMap(map));
    }

    private sealed record SiloLease(ImmutableArray<MapId> Maps, TimeSpan Timeout, DateTimeOffset Until);
}
