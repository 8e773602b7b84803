using System.Globalization;
using System.Numerics;
using MmoOrleans.Chaos.Histories;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Chat;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Chaos.Wanderers;

/// <summary>
/// A player who goes about, talks, and writes down what it sees. A stroller stays near the start of its map, a commuter goes back and
/// forth between two maps. It comes back by itself after whatever happens, as the Sdk does, and is not helped.
/// </summary>
public sealed class Wanderer : IDisposable
{
    private const float PartOfMaxSpeed = 0.95f;

    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>A machine on which a cluster has just started may stall.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly History _history;
    private readonly MmoClient _client;
    private readonly Random _chance;
    private readonly bool _commutes;
    private readonly TimeSpan _betweenLines;
    private readonly Lock _gate = new();
    private string _map = "";
    private Vector3 _at;
    private Vector3 _target;
    private float _speed;
    private bool _isOnMap;
    private bool _turnsBack;
    private uint _acknowledged;
    private TimeSpan _lookedAt;
    private int _lines;
    private volatile int _port;
    private volatile bool _isOver;
    private volatile bool _isWarping;

    public Wanderer(History history, string name, bool commutes, bool staysAtItsGateway, TimeSpan betweenLines, int seed)
    {
        (_history, Name, _commutes, _betweenLines, _chance) = (history, name, commutes, betweenLines, new Random(seed));
        _client = new MmoClient(MmoClientOptions.Default with { ReuseConnection = staysAtItsGateway, ClientName = "chaos" });
        _client.Spawned += OnSpawned;
        _client.Warping += OnWarping;
        _client.WarpRefused += _ => TurnBack();
        _client.Corrected += correction => OnPut(correction.Position);
        _client.Teleported += OnPut;
        _client.MapConnected += endpoint => _port = endpoint.Port;
        _client.MapDisconnected += OnDisconnected;
        _client.MapStopped += OnStopped;
        _client.FrameApplied += OnFrame;
        _client.Heard += OnHeard;
    }

    public string Name { get; }

    /// <summary>Between two maps.</summary>
    public bool IsWarping => _isWarping;

    /// <summary>Is made, logs in and enters, then goes about until it is stopped.</summary>
    public async Task Enter(Door door)
    {
        var character = await Newcomer.Make(_history, _client, door, Name, Patience);
        await Newcomer.Ask(() => _client.SelectAndEnterAsync(character), Patience);
    }

    public async Task Run(CancellationToken stop)
    {
        var speaking = Speak(stop);
        using var timer = new PeriodicTimer(BetweenSteps);
        for (var last = _history.Now; !stop.IsCancellationRequested; await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var now = _history.Now;
            Step(now, now - last);
            last = now;
        }
        await speaking;
    }

    public void Dispose()
    {
        _isOver = true;
        _client.Dispose();
    }

    private void Step(TimeSpan now, TimeSpan elapsed)
    {
        lock (_gate)
        {
            if (!_isOnMap)
                return;
            var way = _target - _at;
            var reach = _speed * (float)(elapsed < LongestStep ? elapsed : LongestStep).TotalSeconds;
            _at = way.Length() <= reach ? _target : _at + Vector3.Normalize(way) * reach;
            if (_at == _target)
                Choose();
            _history.Add(new Witnessed.Moved(now, Name, _map, _at));
            _client.Move(_at, 0);
        }
    }

    /// <summary>A commuter goes for the door, unless it was just refused there; a stroller anywhere near.</summary>
    private void Choose()
    {
        var door = Ground.DoorOf(_map);
        _target = _commutes && !_turnsBack && _target != door ? door : Ground.Near(_map, _chance);
        _turnsBack = false;
    }

    private void TurnBack()
    {
        lock (_gate)
        {
            _turnsBack = true;
            Choose();
        }
    }

    private async Task Speak(CancellationToken stop)
    {
        await Task.Delay(_betweenLines * _chance.NextDouble(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested)
        {
            var (number, asked) = (++_lines, _history.Now);
            var said = await _client.GlobalAsync(string.Create(CultureInfo.InvariantCulture, $"#{number}"));
            if (said.IsGranted(out _))
                _history.Add(new Witnessed.Said(_history.Now, Name, number, asked));
            await Task.Delay(_betweenLines, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void OnSpawned(MapVisit visit)
    {
        lock (_gate)
        {
            (_map, _at, _isOnMap, _isWarping) = (visit.Map, visit.Start.Position, true, false);
            (_speed, _acknowledged) = (visit.MaxSpeedMetresPerSecond * PartOfMaxSpeed, 0);
            _history.Add(new Witnessed.Stood(_history.Now, Name, _map, _at));
            Choose();
        }
    }

    private void OnWarping(MapConnection to)
    {
        lock (_gate)
        {
            (_isOnMap, _isWarping) = (false, true);
            _history.Add(new Witnessed.Warping(_history.Now, Name));
        }
    }

    private void OnPut(Vector3 position)
    {
        lock (_gate)
        {
            _at = position;
            _history.Add(new Witnessed.Put(_history.Now, Name, _map, position));
            Choose();
        }
    }

    private void OnDisconnected(DisconnectReason reason)
    {
        if (reason.Cause is DisconnectCause.Warping or DisconnectCause.EnteringMap or DisconnectCause.Requested)
            return;
        lock (_gate)
        {
            _isOnMap = false;
            _history.Add(new Witnessed.Lost(_history.Now, Name, _port, $"{reason.Cause} {reason.Code}"));
        }
    }

    private void OnStopped(DisconnectReason why)
    {
        _isWarping = false;
        if (!_isOver)
            _history.Add(new Witnessed.GaveUp(_history.Now, Name, $"{why.Code} {why.Sentence}"));
    }

    /// <summary>Only now is the world as this frame has it.</summary>
    private void OnFrame(MapFrame frame)
    {
        var (now, world) = (_history.Now, _client.World);
        if (world.Visit is not { } visit)
            return;
        if (world.AcknowledgedInput != _acknowledged)
        {
            _acknowledged = world.AcknowledgedInput;
            _history.Add(new Witnessed.Acknowledged(now, Name, visit.Map, world.AcknowledgedPose.Position));
        }
        if (now - _lookedAt < BetweenLooks)
            return;
        _lookedAt = now;
        _history.Add(new Witnessed.Sighted(now, Name, visit.Map, [.. world.Entities.Where(one => one.Kind == EntityKind.Player && one != world.Own).Select(one => one.Name)]));
    }

    private void OnHeard(ChatLine line)
    {
        if (line.Kind == ChatKind.Global && line.Text.StartsWith('#') && int.TryParse(line.Text.AsSpan(1), CultureInfo.InvariantCulture, out var number))
            _history.Add(new Witnessed.Heard(_history.Now, Name, line.From, number));
    }
}
