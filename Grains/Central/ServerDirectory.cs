using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// Central's rules. Every server is listed while it is heard of: maps through their silo's reports, chat and spawners through
/// their repeated registrations, gateways through their own reports. What is not heard of for its time is gone, so the lists are
/// bounded by what is running. One connection key is one activation; of two activations of one server the later one is listed
/// (<see cref="Connections.IsLater"/>).
/// </summary>
/// <param name="life">Which Central this is.</param>
/// <param name="since">When it began.</param>
/// <param name="channels">In the order in which they are offered.</param>
/// <param name="cluster">The names of the silos that are there now, as the cluster's membership has them.</param>
internal sealed class ServerDirectory(Guid life, DateTimeOffset since, IReadOnlyList<ConfiguredChannel> channels, Func<IEnumerable<string>> cluster)
{
    internal static readonly TimeSpan MapSilence = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan GatewaySilence = TimeSpan.FromSeconds(3);
    internal static readonly TimeSpan ServerSilence = TimeSpan.FromSeconds(10);

    /// <summary>So long after its start Central counts with what it has heard, though a silo is silent or players are still on their way back to their maps.</summary>
    internal static readonly TimeSpan Youth = TimeSpan.FromSeconds(2);

    private readonly Dictionary<MapId, ListedMap> _maps = [];
    private readonly Dictionary<string, Listed<MapSpawnServerConnection>> _spawners = [];
    private readonly Dictionary<GatewayId, Listed<GatewayReport>> _gateways = [];
    private readonly Dictionary<string, HeardSilo> _silos = [];
    private readonly ChangeLog _log = new();
    private readonly ChannelUsers _users = new();
    private readonly SiloCounts _carried = new();
    private readonly Seats _seats = new();
    private readonly List<DirectoryFact> _facts = [];
    private Listed<ChatServerConnection>? _chat;
    private bool _isGrown, _missesPlayers;

    internal long Version => _log.Version;

    /// <summary>Silos that have reported within their time.</summary>
    internal IReadOnlyCollection<string> Silos => _silos.Keys;

    /// <summary>What happened since this was asked last.</summary>
    internal ImmutableArray<DirectoryFact> TakeFacts()
    {
        var facts = _facts.ToImmutableArray();
        _facts.Clear();
        return facts;
    }

    internal RegistrationAnswer RegisterChat(ChatServerConnection chat, DateTimeOffset now)
    {
        var known = _chat?.Server;
        if (known is not null && known.ConnectionKey != chat.ConnectionKey && !Connections.IsLater(chat.Epoch, known.Epoch))
            return RegistrationAnswer.Superseded;
        _chat = new Listed<ChatServerConnection>(chat, now);
        if (known == chat) return RegistrationAnswer.Accepted;
        _log.Advance();
        if (known?.ConnectionKey != chat.ConnectionKey) _facts.Add(new DirectoryFact.ChatJoined(chat, _maps.Count));
        return RegistrationAnswer.Accepted;
    }

    internal RegistrationAnswer RegisterMapSpawn(MapSpawnServerConnection spawner, DateTimeOffset now)
    {
        var known = _spawners.GetValueOrDefault(spawner.Name)?.Server;
        if (known is not null && known.ConnectionKey != spawner.ConnectionKey && !Connections.IsLater(spawner.Epoch, known.Epoch))
            return RegistrationAnswer.Superseded;
        _spawners[spawner.Name] = new Listed<MapSpawnServerConnection>(spawner, now);
        if (known?.ConnectionKey != spawner.ConnectionKey) _facts.Add(new DirectoryFact.MapSpawnJoined(spawner));
        return RegistrationAnswer.Accepted;
    }

    internal MapRegistered RegisterMap(MapServerConnection map, int users, DateTimeOffset now)
    {
        var others = OthersThan(map.Map);
        _users.Begin();
        if (!Store(map, users, now))
        {
            _facts.Add(new DirectoryFact.MapSuperseded(map, _maps[map.Map].Connection));
            return new MapRegistered(RegistrationAnswer.Superseded, _chat?.Server, []);
        }
        CountSeats();
        var listed = _maps[map.Map];
        if (!listed.Registered) _facts.Add(new DirectoryFact.MapJoined(map, _chat?.Server, others.Length));
        listed.Registered = true;
        return new MapRegistered(RegistrationAnswer.Accepted, _chat?.Server, others);
    }

    internal DirectoryChanges Report(SiloReport report, DateTimeOffset now)
    {
        if (report.IsLeaving != (_silos.GetValueOrDefault(report.Silo)?.IsLeaving ?? false)) _log.Advance();
        _silos[report.Silo] = new HeardSilo(now, report.IsLeaving);
        _missesPlayers |= report.MissesPlayers;
        _users.Begin();
        foreach (var heartbeat in report.Maps)
            Take(heartbeat, now);
        RemoveUnreported(report);
        CountSeats();
        return ChangesSince(report.KnownCentral, report.KnownVersion);
    }

    /// <summary>Answers the others that have room.</summary>
    internal ImmutableArray<GatewayReport> ReportGateway(GatewayReport report, DateTimeOffset now)
    {
        if (!report.IsLeaving)
            List(report, now);
        else if (_gateways.TryGetValue(report.Gateway, out var listed))
            Remove(report.Gateway, listed);
        return [.. _gateways.Values.Select(listed => listed.Server).Where(other => other.Gateway != report.Gateway && other.Connections < other.MaxConnections)];
    }

    internal Answer<string> TakeSeat(string channel, AccountId account, DateTimeOffset now)
    {
        if (Find(channel) is not { } wanted)
            return Answer.Refuse<string>(RefusalCode.InvalidChannelId);
        if (!CanCount(now))
            return Answer.Refuse<string>(RefusalCode.RetryLater, since + Youth - now);
        _seats.Expire(now);
        var taken = _users.Of(wanted.Id) + _seats.TakenByOthers(wanted.Id, account);
        if (taken >= wanted.MaxConnections)
            return Answer.Refuse<string>(RefusalCode.ChannelIsFull);
        _seats.Take(wanted.Id, account, now);
        return Answer.Of(wanted.Id);
    }

    internal ImmutableArray<ChannelState> Channels() =>
        [.. channels.Select(channel => new ChannelState(channel.Id, channel.Title, _users.Of(channel.Id), channel.MaxConnections))];

    /// <summary>Drops everything that was silent for too long.</summary>
    internal void Expire(DateTimeOffset now)
    {
        foreach (var (map, listed) in _maps.Where(entry => now - entry.Value.LastHeartbeat >= MapSilence).ToList())
            Remove(map, listed, $"silent for {MapSilence.TotalSeconds:0} s");
        foreach (var (silo, _) in _silos.Where(entry => now - entry.Value.LastReport >= MapSilence).ToList())
            _silos.Remove(silo);
        foreach (var (id, listed) in _gateways.Where(entry => now - entry.Value.LastHeartbeat >= GatewaySilence).ToList())
            Remove(id, listed);
        ExpireServers(now);
        _seats.Expire(now);
    }

    /// <summary>What changed since a version of a Central; all of it when that is another Central or too long ago.</summary>
    internal DirectoryChanges ChangesSince(Guid central, long version)
    {
        var gateways = _gateways.Values.Select(listed => listed.Server).ToImmutableArray();
        if (central != life || !_log.TrySince(version, out var changed))
            return new DirectoryChanges(life, 0, Version, _chat?.Server, [.. _maps.Values.Select(listed => listed.Connection)], [], gateways, Loads());
        var joined = changed.Where(_maps.ContainsKey).Select(map => _maps[map].Connection);
        var left = changed.Where(map => !_maps.ContainsKey(map));
        return new DirectoryChanges(life, version, Version, _chat?.Server, [.. joined], [.. left], gateways, Loads());
    }

    /// <summary>What changed since a version of this Central.</summary>
    internal DirectoryChanges ChangesSince(long version) => ChangesSince(life, version);

    internal CentralState State() => new(
        since,
        _chat is { } chat ? new ChatServerState(chat.Server.Channel, chat.Server.Address, chat.Server.Port, chat.Server.Silo, chat.LastHeartbeat) : null,
        [.. _spawners.Values.Select(s => new MapSpawnServerState(s.Server.Name, s.Server.Silo, s.Server.Maps, s.LastHeartbeat))],
        [.. _maps.Values.OrderBy(m => m.Connection.Map.Key, StringComparer.Ordinal).Select(m => m.State())],
        [.. _gateways.Values.Select(g => new GatewayState(g.Server.Gateway.ToString(), g.Server.Silo, [.. g.Server.Endpoints.Select(e => e.ToString())], g.Server.Connections, g.LastHeartbeat))],
        Channels(),
        Loads());

    private ImmutableArray<SiloLoad> Loads() => [.. _silos.Select(silo => Load(silo.Key, silo.Value.IsLeaving))];

    private SiloLoad Load(string silo, bool isLeaving)
    {
        var (maps, users) = _carried.Of(silo);
        return new SiloLoad(silo, maps, users, isLeaving);
    }

    private void List(GatewayReport report, DateTimeOffset now)
    {
        if (!_gateways.ContainsKey(report.Gateway))
        {
            _log.Advance();
            _facts.Add(new DirectoryFact.GatewayJoined(report));
        }
        _gateways[report.Gateway] = new Listed<GatewayReport>(report, now);
    }

    private ConfiguredChannel? Find(string channel) => channel.Length > 0
        ? channels.FirstOrDefault(configured => configured.Id == channel)
        : channels.FirstOrDefault(configured => _maps.Keys.Any(map => map.Channel == configured.Id)) ?? channels.FirstOrDefault();

    private void Take(MapHeartbeat heartbeat, DateTimeOffset now)
    {
        var isNew = _maps.GetValueOrDefault(heartbeat.Connection.Map)?.Connection.ConnectionKey != heartbeat.Connection.ConnectionKey;
        if (!Store(heartbeat.Connection, heartbeat.Users, now)) return;
        _maps[heartbeat.Connection.Map].Reported = true;
        if (isNew) _facts.Add(new DirectoryFact.MapTaken(heartbeat.Connection));
    }

    /// <summary>Lists an activation, or its news; false if a later activation is listed.</summary>
    private bool Store(MapServerConnection map, int users, DateTimeOffset now)
    {
        var known = _maps.GetValueOrDefault(map.Map);
        var isKnown = known?.Connection.ConnectionKey == map.ConnectionKey;
        if (known is not null && !isKnown && !Connections.IsLater(map.Epoch, known.Connection.Epoch)) return false;
        _users.Change(map.Map.Channel, users - (known?.Users ?? 0));
        if (known is not null) _carried.Change(known.Connection.Silo, -1, -known.Users);
        _carried.Change(map.Silo, 1, users);
        if (known is null || !isKnown) known = _maps[map.Map] = new ListedMap();
        if (known.Heard(map, users, now)) _log.Add(map.Map);
        return true;
    }

    /// <summary>
    /// A silo no longer reports a map that it reported before: that activation is gone. One that it has never reported may have
    /// registered while the report was on its way.
    /// </summary>
    private void RemoveUnreported(SiloReport report)
    {
        var alive = report.Maps.Select(heartbeat => heartbeat.Connection.ConnectionKey).ToHashSet();
        bool IsGone(ListedMap map) => map.Connection.Silo == report.Silo && map.Reported && !alive.Contains(map.Connection.ConnectionKey);
        foreach (var (map, listed) in _maps.Where(entry => IsGone(entry.Value)).ToList())
            Remove(map, listed, "closed");
    }

    private void Remove(MapId map, ListedMap listed, string why)
    {
        _maps.Remove(map);
        _users.Change(map.Channel, -listed.Users);
        _carried.Change(listed.Connection.Silo, -1, -listed.Users);
        _log.Add(map);
        _facts.Add(new DirectoryFact.MapLeft(map, listed.Connection.Silo, why));
    }

    private void Remove(GatewayId id, Listed<GatewayReport> listed)
    {
        _gateways.Remove(id);
        _log.Advance();
        _facts.Add(new DirectoryFact.GatewayLeft(listed.Server));
    }

    private void ExpireServers(DateTimeOffset now)
    {
        if (_chat is { } chat && now - chat.LastHeartbeat >= ServerSilence)
        {
            _chat = null;
            _log.Advance();
            _facts.Add(new DirectoryFact.ChatLeft(chat.Server));
        }
        foreach (var (name, listed) in _spawners.Where(entry => now - entry.Value.LastHeartbeat >= ServerSilence).ToList())
        {
            _spawners.Remove(name);
            _facts.Add(new DirectoryFact.MapSpawnLeft(listed.Server));
        }
    }

    /// <summary>Not before every silo has said how many play there.</summary>
    private bool CanCount(DateTimeOffset now) => _isGrown = _isGrown || now >= since + Youth || (!_missesPlayers && cluster().All(_silos.ContainsKey));

    private void CountSeats()
    {
        foreach (var (channel, users) in _users.Growth())
            _seats.Counted(channel, users);
    }

    private ImmutableArray<MapServerConnection> OthersThan(MapId map)
    {
        var others = ImmutableArray.CreateBuilder<MapServerConnection>(_maps.Count);
        foreach (var (id, listed) in _maps)
            if (id != map)
                others.Add(listed.Connection);
        return others.DrainToImmutable();
    }

    private sealed record HeardSilo(DateTimeOffset LastReport, bool IsLeaving);

    private sealed record Listed<T>(T Server, DateTimeOffset LastHeartbeat);

    private sealed class ListedMap
    {
        private MapServerConnection? _connection;

        internal MapServerConnection Connection => _connection ?? throw new InvalidOperationException("Nothing was heard of this map yet.");
        internal int Users { get; private set; }
        internal DateTimeOffset LastHeartbeat { get; private set; }

        /// <summary>The map itself has called.</summary>
        internal bool Registered { get; set; }

        /// <summary>Its silo has named it.</summary>
        internal bool Reported { get; set; }

        /// <summary>True if there is something in it that others must learn.</summary>
        internal bool Heard(MapServerConnection connection, int users, DateTimeOffset now)
        {
            (Users, LastHeartbeat) = (users, now);
            if (_connection is { } known && Connections.Same(known, connection)) return false;
            _connection = connection;
            return true;
        }

        internal MapServerState State() =>
            new(Connection.Map.ToString(), Connection.Address.Host, Connection.Address.Port, Users, Connection.Capacity, Connection.Silo, LastHeartbeat);
    }
}
