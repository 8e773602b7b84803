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

    private ImmutableDictionary<MapId, CopiedMap> _maps = ImmutableDictionary<MapId, CopiedMap>.Empty;
    private DateTimeOffset _settled = DateTimeOffset.MinValue;

    /// <summary>Which life of Central the copy is of.</summary>
    internal Guid Central { get; private set; }

    /// <summary>Central's version of the copy.</summary>
    internal long KnownVersion { get; private set; }

    /// <summary>Grows with each change of maps, chat or gateways.</summary>
    internal long Version { get; private set; }

    internal ChatServerConnection? Chat { get; private set; }

    internal ImmutableArray<GatewayReport> Gateways { get; private set; } = [];

    internal ImmutableDictionary<MapId, MapServerConnection> Maps { get; private set; } = ImmutableDictionary<MapId, MapServerConnection>.Empty;

    /// <summary>Takes what Central told; false if something before it is missing.</summary>
    internal bool Merge(DirectoryChanges changes, DateTimeOffset now)
    {
        var isEverything = changes.From == 0;
        if (changes.Central == Central && changes.To < KnownVersion) return true;
        if (!isEverything && (changes.Central != Central || changes.From > KnownVersion)) return false;
        if (changes.Central != Central) Follow(changes.Central, now);
        KnownVersion = changes.To;
        var maps = isEverything ? Doubted(now) : _maps.RemoveRange(changes.Left);
        Publish(maps.SetItems(changes.Joined.Select(map => KeyValuePair.Create(map.Map, new CopiedMap(map, null)))));
        MergeServers(changes, now);
        return true;
    }

    /// <summary>Takes what a registration was answered, as far as it is news.</summary>
    internal void Learn(MapRegistered registered, DateTimeOffset now)
    {
        var news = registered.OtherMaps.Where(map => !_maps.ContainsKey(map.Map));
        Publish(_maps.AddRange(news.Select(map => KeyValuePair.Create(map.Map, new CopiedMap(map, now + Doubt)))));
        if (Chat is null && registered.Chat is not null) Hear(registered.Chat);
    }

    /// <summary>Drops what Central has not confirmed in time.</summary>
    internal void Expire(DateTimeOffset now) =>
        Publish(_maps.RemoveRange(_maps.Where(entry => entry.Value.DoubtedUntil <= now).Select(entry => entry.Key)));

    private void Follow(Guid central, DateTimeOffset now)
    {
        _settled = Central == Guid.Empty ? now : now + Doubt;
        Central = central;
        _maps = _maps.SetItems(_maps.Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { DoubtedUntil = entry.Value.DoubtedUntil ?? _settled })));
    }

    private ImmutableDictionary<MapId, CopiedMap> Doubted(DateTimeOffset now) =>
        _maps.RemoveRange(_maps.Where(entry => entry.Value.DoubtedUntil is not { } until || until <= now).Select(entry => entry.Key));

    private void MergeServers(DirectoryChanges changes, DateTimeOffset now)
    {
        var isSettled = now >= _settled;
        if (changes.Chat is not null || isSettled) Hear(changes.Chat);
        var kept = isSettled ? [] : Gateways.Where(known => changes.Gateways.All(told => told.Gateway != known.Gateway));
        var gateways = changes.Gateways.AddRange(kept);
        if (!gateways.Select(g => g.Gateway).ToHashSet().SetEquals(Gateways.Select(g => g.Gateway))) Version++;
        Gateways = gateways;
    }

    private void Hear(ChatServerConnection? chat)
    {
        if (Chat == chat) return;
        Chat = chat;
        Version++;
    }

    private void Publish(ImmutableDictionary<MapId, CopiedMap> maps)
    {
        var isNews = maps.Count != Maps.Count || maps.Any(entry => !Maps.TryGetValue(entry.Key, out var known) || !Connections.Same(known, entry.Value.Connection));
        _maps = maps;
        if (!isNews) return;
        Maps = maps.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Connection);
        Version++;
    }

    private readonly record struct CopiedMap(MapServerConnection Connection, DateTimeOffset? DoubtedUntil);
}
