using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// A silo's copy of the directory. What Central tells is taken in order; a gap is noticed and asked for. Two kinds of news are
/// taken with a grain of salt and dropped unless Central confirms them within <see cref="Doubt"/>: maps from an answer to a
/// registration, which has no place in the order, and everything known from before when Central has restarted, because
/// the new one has not heard of everybody yet and nobody should stumble over that.
/// </summary>
internal sealed class DirectoryCopy
{
    internal static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    /// <summary>Of the maps that Central has still to confirm, until when.</summary>
    private readonly Dictionary<MapId, DateTimeOffset> _doubted = [];
    private DateTimeOffset _settled = DateTimeOffset.MinValue;

    /// <summary>Which life of Central the copy is of.</summary>
    internal Guid Central { get; private set; }

    /// <summary>Central's version of the copy.</summary>
    internal long KnownVersion { get; private set; }

    /// <summary>Grows with each change of maps, chat or gateways.</summary>
    internal long Version { get; private set; }

    internal ChatServerConnection? Chat { get; private set; }

    internal ImmutableArray<GatewayReport> Gateways { get; private set; } = [];

    internal ImmutableArray<SiloLoad> Silos { get; private set; } = [];

    /// <summary>Changed map by map: a thousand newcomers, each told by itself, must not cost a million comparisons.</summary>
    internal ImmutableDictionary<MapId, MapServerConnection> Maps { get; private set; } = ImmutableDictionary<MapId, MapServerConnection>.Empty;

    /// <summary>Takes what Central told; false if something before it is missing.</summary>
    internal bool Merge(DirectoryChanges changes, DateTimeOffset now)
    {
        var isEverything = changes.From == 0;
        if (changes.Central == Central && changes.To < KnownVersion) return true;
        if (!isEverything && (changes.Central != Central || changes.From > KnownVersion)) return false;
        if (changes.Central != Central) Follow(changes.Central, now);
        KnownVersion = changes.To;
        MergeMaps(changes.Joined, isEverything ? Unmentioned(changes.Joined, now) : changes.Left);
        MergeServers(changes, now);
        return true;
    }

    /// <summary>Takes what a registration was answered, as far as it is news.</summary>
    internal void Learn(MapRegistered registered, DateTimeOffset now)
    {
        foreach (var map in registered.OtherMaps)
            if (!Maps.ContainsKey(map.Map))
                Doubtfully(map, now + Doubt);
        if (Chat is null && registered.Chat is not null) Hear(registered.Chat);
    }

    /// <summary>Drops what Central has not confirmed in time.</summary>
    internal void Expire(DateTimeOffset now)
    {
        foreach (var (map, until) in _doubted)
            if (until <= now)
                Drop(map);
    }

    private void Follow(Guid central, DateTimeOffset now)
    {
        _settled = Central == Guid.Empty ? now : now + Doubt;
        Central = central;
        foreach (var map in Maps.Keys)
            _doubted.TryAdd(map, _settled);
    }

    private void MergeMaps(ImmutableArray<MapServerConnection> joined, IEnumerable<MapId> left)
    {
        foreach (var map in left)
            Drop(map);
        foreach (var map in joined)
            Confirm(map);
    }

    /// <summary>Maps that everything Central knows does not mention, and that are not to be kept on doubt.</summary>
    private List<MapId> Unmentioned(ImmutableArray<MapServerConnection> all, DateTimeOffset now)
    {
        var mentioned = all.Select(map => map.Map).ToHashSet();
        return [.. Maps.Keys.Where(map => !mentioned.Contains(map) && !(_doubted.TryGetValue(map, out var until) && until > now))];
    }

    private void Confirm(MapServerConnection map)
    {
        _doubted.Remove(map.Map);
        Set(map);
    }

    private void Doubtfully(MapServerConnection map, DateTimeOffset until)
    {
        _doubted[map.Map] = until;
        Set(map);
    }

    private void Set(MapServerConnection map)
    {
        if (Maps.TryGetValue(map.Map, out var known) && Connections.Same(known, map)) return;
        Maps = Maps.SetItem(map.Map, map);
        Version++;
    }

    private void Drop(MapId map)
    {
        _doubted.Remove(map);
        if (!Maps.ContainsKey(map)) return;
        Maps = Maps.Remove(map);
        Version++;
    }

    private void MergeServers(DirectoryChanges changes, DateTimeOffset now)
    {
        var isSettled = now >= _settled;
        if (changes.Chat is not null || isSettled) Hear(changes.Chat);
        var kept = isSettled ? [] : Gateways.Where(known => changes.Gateways.All(told => told.Gateway != known.Gateway));
        var gateways = changes.Gateways.AddRange(kept);
        if (!gateways.Select(g => g.Gateway).ToHashSet().SetEquals(Gateways.Select(g => g.Gateway))) Version++;
        Gateways = gateways;
        Silos = isSettled ? changes.Silos : changes.Silos.AddRange(Silos.Where(known => changes.Silos.All(told => told.Silo != known.Silo)));
    }

    private void Hear(ChatServerConnection? chat)
    {
        if (Chat == chat) return;
        Chat = chat;
        Version++;
    }
}
