using System.Collections.Concurrent;
using System.Net;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The open connections of this gateway, and the bounds on how many there may be.</summary>
internal sealed class ClientConnections
{
    /// <summary>Clients that are sent elsewhere go in turns of so many or more, so that all have had theirs within four seconds.</summary>
    private const int LeastAtOnce = 10, MostTurns = 80;

    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(50);

    private readonly GatewayOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<long, ClientConnection> _open = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private readonly Lock _gate = new();
    private long _lastNumber;
    private int _seatsTaken;
    private Refusal? _closedFor;

    public ClientConnections(GatewayOptions options, GatewayMetrics metrics, ILogger<ClientConnections> log)
    {
        (_options, _metrics, _log) = (options, metrics, log);
        metrics.Watch(this);
    }

    public GatewayId Gateway { get; } = GatewayId.New();

    public int Count => _open.Count;

    public ConnectionId NextId() => new(Gateway, Interlocked.Increment(ref _lastNumber));

    public IEnumerable<ClientConnection> All => _open.Values;

    public ClientConnection? Find(ConnectionId id) =>
        id.Gateway == Gateway && _open.TryGetValue(id.Number, out var connection) ? connection : null;

    /// <summary>Takes a seat for a connection from that address, or says why there is none.</summary>
    public Refusal? TakeSeat(IPAddress address)
    {
        address = AddressNetwork.Of(address);
        lock (_gate)
        {
            var fromThere = _perAddress.GetValueOrDefault(address);
            if (_closedFor is not null)
                return _closedFor;
            if (_seatsTaken >= _options.MaxConnections || fromThere >= (_options.MaxConnectionsPerAddress ?? int.MaxValue))
                return Refusal.For(RefusalCode.ServerBusy, _options.BusyRetry);
            _perAddress[address] = fromThere + 1;
            _seatsTaken++;
        }
        _metrics.Opened();
        return null;
    }

    public void ReturnSeat(IPAddress address)
    {
        address = AddressNetwork.Of(address);
        lock (_gate)
        {
            _seatsTaken--;
            if (--_perAddress[address] == 0)
                _perAddress.Remove(address);
        }
        _metrics.Closed();
    }

    public void Add(ClientConnection connection)
    {
        _open[connection.Id.Number] = connection;
        // Closing all and a newcomer may cross: whoever comes second sees the other.
        if (Volatile.Read(ref _closedFor) is { } why)
            connection.Close(why);
    }

    public void Remove(ClientConnection connection) => _open.TryRemove(connection.Id.Number, out _);

    /// <summary>Takes no more connections, tells all that are open why, and returns when they are gone or the time is over.</summary>
    public Task CloseAll(Refusal why, TimeSpan within, TimeProvider time) => Close(why, within, time, leastAtOnce: int.MaxValue);

    /// <summary>
    /// The same for clients that go to another gateway: a few at a time, the others play on until it is their turn. Who comes with
    /// thousands waits for thousands there.
    /// </summary>
    public Task SendElsewhere(Refusal why, TimeSpan within, TimeProvider time) => Close(why, within, time, LeastAtOnce);

    private async Task Close(Refusal why, TimeSpan within, TimeProvider time, int leastAtOnce)
    {
        GatewayLog.ClosingAll(_log, Gateway, Count, why);
        lock (_gate)
            _closedFor = why;
        var open = _open.Values.ToList();
        foreach (var (i, turn) in open.Chunk(Math.Max(leastAtOnce, open.Count / MostTurns + 1)).Index())
        {
            if (i > 0)
                await Task.Delay(BetweenTurns, time);
            foreach (var connection in turn)
                connection.Close(why);
        }
        var closed = time.GetTimestamp();
        while (!_open.IsEmpty && time.GetElapsedTime(closed) < within)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
    }
}
