using System.Collections.Concurrent;
using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// This silo's <see cref="DirectoryCopy"/> behind a lock, published as immutable views that are read without one.
/// <see cref="DirectoryReporter"/> feeds it and sends its reports.
/// </summary>
internal sealed class LocalDirectory(string silo, TimeProvider time) : ILocalDirectory
{
    /// <summary>A gateway elsewhere is named for at least so long: each change is a registration of every map here, and players who join change the order all the time.</summary>
    internal static readonly TimeSpan NamedFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly DirectoryCopy _copy = new();
    private readonly ConcurrentDictionary<MapId, ILocalMap> _local = new();
    private volatile View _view = new(0, null, ImmutableDictionary<MapId, MapServerConnection>.Empty, MapAddress.Unknown, []);
    private volatile TaskCompletionSource _reportIsDue = NewSignal();
    private readonly TaskCompletionSource _left = NewSignal();
    private volatile bool _isLeaving;
    private GatewayId? _named;
    private DateTimeOffset _namedAt;

    public string Silo => silo;

    public long Version => _view.Version;

    public ChatServerConnection? Chat => _view.Chat;

    public IReadOnlyCollection<MapServerConnection> Maps => _view.MapList;

    public MapAddress BestAddress => _view.BestAddress;

    public IReadOnlyCollection<ILocalMap> LocalMaps => [.. _local.Values];

    public IReadOnlyCollection<SiloLoad> Silos => _view.Silos;

    /// <summary>Ends when something has happened that Central should hear of before the next second.</summary>
    internal Task ReportIsDue => _reportIsDue.Task;

    public MapServerConnection? Find(MapId map) => _view.Maps.GetValueOrDefault(map);

    public void Attach(ILocalMap map)
    {
        _local[map.Connection.Map] = map;
        AskForReport();
    }

    public void Detach(ILocalMap map)
    {
        if (_local.TryRemove(KeyValuePair.Create(map.Connection.Map, map))) AskForReport();
    }

    public async Task Leave(TimeSpan within)
    {
        _isLeaving = true;
        AskForReport();
        try
        {
            await _left.Task.WaitAsync(within, time);
        }
        catch (TimeoutException)
        {
            // Central is away: there is nobody to tell the others.
        }
    }

    public void Learn(MapRegistered registered) => Change(() => _copy.Learn(registered, time.GetUtcNow()));

    /// <summary>Takes what Central told; what is missing before it is asked for at once.</summary>
    internal void Merge(DirectoryChanges changes)
    {
        var isWhole = true;
        Change(() => isWhole = _copy.Merge(changes, time.GetUtcNow()));
        if (!isWhole) AskForReport();
        if (changes.Silos.Any(load => load.Silo == silo && load.IsLeaving)) _left.TrySetResult();
    }

    internal void Expire() => Change(() => _copy.Expire(time.GetUtcNow()));

    /// <summary>What this silo has to say now.</summary>
    /// <param name="observer">Whom Central tells.</param>
    /// <param name="cluster">The names of the silos that are there now.</param>
    internal SiloReport Report(IDirectoryObserver observer, IEnumerable<string> cluster)
    {
        var maps = _local.Values.Select(map => new MapHeartbeat(map.Connection, map.Users)).ToImmutableArray();
        var gone = _view.Silos.Where(load => load.Users > 0).Select(load => load.Silo).Except(cluster);
        lock (_gate)
            return new SiloReport(silo, maps, _copy.Central, _copy.KnownVersion, observer, _isLeaving, gone.Any());
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _view = new View(_copy.Version, _copy.Chat, _copy.Maps, AddressOf(_copy.Gateways), _copy.Silos);
        }
    }

    internal void AskForReport() => Interlocked.Exchange(ref _reportIsDue, NewSignal()).TrySetResult();

    /// <summary>The gateway in this silo; else the one that is named already, while it is there and was not named for long; else the least loaded.</summary>
    private MapAddress AddressOf(ImmutableArray<GatewayReport> gateways)
    {
        var now = time.GetUtcNow();
        var named = now - _namedAt < NamedFor ? gateways.FirstOrDefault(gateway => gateway.Gateway == _named) : null;
        var best = gateways.FirstOrDefault(gateway => gateway.Silo == silo) ?? named ?? gateways.MinBy(LoadOf);
        if (best?.Gateway != _named)
            (_named, _namedAt) = (best?.Gateway, now);
        return best is null ? MapAddress.Unknown : new MapAddress(best.Endpoints);
    }

    private static double LoadOf(GatewayReport gateway) => gateway.Connections / (double)Math.Max(1, gateway.MaxConnections);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record View(long Version, ChatServerConnection? Chat, ImmutableDictionary<MapId, MapServerConnection> Maps, MapAddress BestAddress, ImmutableArray<SiloLoad> Silos)
    {
        private MapServerConnection[]? _list;

        /// <summary>Made when it is asked for, which most views never are. Two threads may make it at once: the same one.</summary>
        internal IReadOnlyCollection<MapServerConnection> MapList => _list ??= [.. Maps.Values];
    }
}
