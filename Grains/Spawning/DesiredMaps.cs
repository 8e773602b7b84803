using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;

namespace MmoOrleans.Grains.Spawning;

/// <summary>A map to start now.</summary>
internal readonly record struct StartOrder(MapId Map, TimeSpan Timeout);

/// <summary>
/// The spawner's rules: what is wanted is the union of what the silos lease, and what is wanted is started, once, until it is up.
/// A map that nobody wants any more is asked to retire until it does: it stops when nobody is on it. Bounded by what the silos of the
/// cluster are configured with.
/// </summary>
internal sealed class DesiredMaps
{
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>So long a map stays up unwanted before it is first asked to retire: a silo that restarts wants it again. Then as often.</summary>
    internal static readonly TimeSpan RetireEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, SiloLease> _leases = [];
    private readonly Dictionary<MapId, DesiredMap> _maps = [];

    /// <summary>Maps that are up though nobody wants them, with the time of the next request to retire.</summary>
    private readonly Dictionary<MapId, DateTimeOffset> _unwanted = [];

    internal int Count => _maps.Count;

    internal ImmutableArray<string> Silos => [.. _leases.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True if the silo had no lease or wanted other maps.</summary>
    internal bool Lease(string silo, ImmutableArray<MapId> maps, TimeSpan timeout, DateTimeOffset now)
    {
        var isNew = !_leases.TryGetValue(silo, out var known) || !known.Maps.SequenceEqual(maps);
        _leases[silo] = new SiloLease(maps, timeout > TimeSpan.Zero ? timeout : DefaultTimeout, now + LeaseTime);
        if (isNew) Unite(now);
        return isNew;
    }

    /// <summary>True if the silo had a lease.</summary>
    internal bool Return(string silo, DateTimeOffset now)
    {
        if (!_leases.Remove(silo)) return false;
        Unite(now);
        return true;
    }

    /// <summary>Ends the leases of silos that were silent, and names them.</summary>
    internal ImmutableArray<string> Expire(DateTimeOffset now)
    {
        ImmutableArray<string> silent = [.. _leases.Where(lease => lease.Value.Until <= now).Select(lease => lease.Key)];
        foreach (var silo in silent)
            Return(silo, now);
        return silent;
    }

    /// <summary>Some of the maps that are to be started now; from here on they are starting.</summary>
    internal ImmutableArray<StartOrder> TakeDue(int most, DateTimeOffset now)
    {
        var due = _maps.Values.Where(map => map.IsDue(now)).Take(most).ToList();
        due.ForEach(map => map.Begin());
        return [.. due.Select(map => new StartOrder(map.Map, TimeoutOf(map.Map)))];
    }

    /// <summary>Some of the maps that are to be asked to retire now; each is asked again later, until <see cref="Retired"/>.</summary>
    internal ImmutableArray<MapId> TakeUnwanted(int most, DateTimeOffset now)
    {
        ImmutableArray<MapId> due = [.. _unwanted.Where(map => now >= map.Value).Select(map => map.Key).Take(most)];
        foreach (var map in due)
            _unwanted[map] = now + RetireEvery;
        return due;
    }

    /// <summary>The map does not run any more. False: it was wanted again in the meantime.</summary>
    internal bool Retired(MapId map) => _unwanted.Remove(map);

    /// <summary>The map, if it is still wanted and starting.</summary>
    internal DesiredMap? FindStarting(MapId map) => _maps.GetValueOrDefault(map) is { Status: SpawnStatus.Starting } starting ? starting : null;

    /// <summary>Compares with the directory, and names those that have died.</summary>
    internal ImmutableArray<DesiredMap> Look(Func<MapId, bool> isListed, DateTimeOffset now) =>
        [.. _maps.Values.Where(map => map.Look(isListed(map.Map), now))];

    internal ImmutableArray<SpawnedMap> State() =>
        [.. _maps.Values.Select(map => map.State()).Concat(_unwanted.Select(Leftover)).OrderBy(map => map.Map, StringComparer.Ordinal)];

    private static SpawnedMap Leftover(KeyValuePair<MapId, DateTimeOffset> map) => new(map.Key.ToString(), SpawnStatus.Unwanted, 0, map.Value, "");

    private TimeSpan TimeoutOf(MapId map) => _leases.Values.Where(lease => lease.Maps.Contains(map)).Max(lease => lease.Timeout);

    private void Unite(DateTimeOffset now)
    {
        var wanted = _leases.Values.SelectMany(lease => lease.Maps).ToHashSet();
        foreach (var map in _maps.Values.Where(map => !wanted.Contains(map.Map)).ToList())
            Drop(map, now);
        foreach (var map in wanted)
            Add(map);
    }

    private void Add(MapId map)
    {
        _unwanted.Remove(map);
        _maps.TryAdd(map, new DesiredMap(map));
    }

    private void Drop(DesiredMap map, DateTimeOffset now)
    {
        _maps.Remove(map.Map);
        if (map.Status is SpawnStatus.Up or SpawnStatus.Starting) _unwanted[map.Map] = now + RetireEvery;
    }

    private sealed record SiloLease(ImmutableArray<MapId> Maps, TimeSpan Timeout, DateTimeOffset Until);
}
