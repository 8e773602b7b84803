using System.Numerics;
using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Chat;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Bots.Past;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots;

/// <summary>
/// One client. The protocol is its <see cref="MmoClient"/>'s; where to walk, what to say and what to count is its own. It has no
/// timer: <see cref="TurnWheel"/> calls it when its turn has come. News come on the threads of the sockets, so one lock guards what
/// is counted; while it is held, no other bot's is taken and nothing waits.
/// </summary>
internal sealed class Bot : IWireListener, IDisposable
{
    /// <summary>After a pause of the generator a bot goes on from where it stood instead of leaping.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan WalkBehindWarp = TimeSpan.FromSeconds(5);

    /// <summary>How near to a warp the server may already have taken the character through it: one step.</summary>
    private const float StepMetres = 1;

    private readonly Lock _gate = new();
    private readonly SwarmContext _swarm;
    private readonly int _index;
    private readonly MmoClient _client;
    private readonly View _view;
    private readonly ChatMouth _mouth;
    private readonly ChatEar _ear;
    private readonly MoveRing _moves = new();
    private readonly Trail _trail = new();
    private readonly Random _chance;
    private MapVisit? _visit;
    private IReadOnlyList<WarpPlace> _warps = [];
    private Walk? _walk;
    private Tally _tally;
    private TimeSpan _movedAt;
    private bool _hasBeenPlaced;
    private volatile bool _hasEntered;
    private volatile bool _isGone;
    private string _lastLoss = "The client gave up.";

    public Bot(SwarmContext swarm, int index)
    {
        (_swarm, _index, Name) = (swarm, index, Account.NameOf(swarm.Options.Prefix, index));
        _chance = swarm.Chance(index, 1);
        _view = new View(swarm.Latency);
        _mouth = new ChatMouth(swarm.Chat, index);
        _ear = new ChatEar(swarm.Chat, _mouth, index);
        _client = new MmoClient(ClientOptions());
        Listen();
    }

    public string Name { get; }

    /// <summary>Stands on a map now.</summary>
    public bool IsOnMap => Volatile.Read(ref _visit) is not null;

    /// <summary>Has been on a map at some time.</summary>
    public bool HasEntered => _hasEntered;

    /// <summary>When it first stood on a map.</summary>
    public TimeSpan EnteredAt { get; private set; }

    /// <summary>Will not come back: its login failed, or it was dropped.</summary>
    public bool IsOut => _isGone;

    /// <summary>Has stood in its first place, can get no nearer, or has left that map through a warp.</summary>
    public bool IsInPlace
    {
        get
        {
            lock (_gate) return _hasBeenPlaced |= _walk?.IsInPlace ?? false;
        }
    }

    public long BusyAnswers => _client.Counters.BusyAnswers;

    public Tally Tally
    {
        get
        {
            lock (_gate) return _tally;
        }
    }

    /// <summary>How many others are in view; null on no map.</summary>
    public int? Visible
    {
        get
        {
            lock (_gate) return _visit is null ? null : _view.Others.Count;
        }
    }

    /// <summary>Logs in and enters. A failure is told to the swarm's problems.</summary>
    public async Task Join(CancellationToken cancellation)
    {
        try
        {
            var entrance = new Entrance(_client, _swarm.Book, new Patience(_swarm.Chance(_index, 2), _swarm.Time));
            var entered = await entrance.Enter(_swarm.Options.Server, Name, cancellation);
            if (!entered.IsGranted(out _)) Fail($"{ErrorNames.Of(entered.Code)}: {entered.Sentence}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The run ended first; that this bot never got in is in the report.
        }
    }

    /// <summary>Its turn to move.</summary>
    public void TakeTurn()
    {
        var now = _swarm.Now;
        Vector2 at, way;
        MapVisit visit;
        lock (_gate)
        {
            _view.Expire(now);
            if (_visit is null || _walk is null) return;
            var time = now - _movedAt;
            way = _walk.Step(time < LongestStep ? time : LongestStep);
            (at, visit, _movedAt) = (_walk.At, _visit, now);
        }

        _client.Move(new Vector3(at.X, visit.Start.Position.Y, at.Y), Units.DegreesAlong(new Vector3(way.X, 0, way.Y)));
    }

    /// <summary>Its turn to say something to everybody.</summary>
    public async void Say()
    {
        if (!IsOnMap) return;
        var line = _mouth.Begin(_swarm.Hearers, _swarm.Now);
        var answer = await _client.GlobalAsync(line.ToString());
        if (answer.IsGranted(out _)) _mouth.Accepted(line.Number);
        else if (answer is Answer<SayAccepted>.Refused refused) OnRefused(line, refused);
        // Without a code it was the bot itself that left, through a warp.
        else if (!_isGone && answer.Code != ErrorCode.None) _swarm.Problems.Error($"{ErrorNames.Of(answer.Code)}: {answer.Sentence}");
    }

    /// <summary>What the history keeps of it.</summary>
    public HistoryLine Past()
    {
        lock (_gate)
        {
            var unanswered = _moves.After(_view.Acknowledged).Select(move => _trail.States[^1] with { XCm = move.XCm, ZCm = move.ZCm, LeadsTo = WarpAt(move.XCm / 100f, move.ZCm / 100f) });
            return new HistoryLine(AccountLine.Of(_swarm.Book.Find(Name)), [.. _trail.States], [.. unanswered]);
        }
    }

    /// <summary>Somebody in view has sent a move: how long until this bot sees it?</summary>
    public void Await(Watch watch)
    {
        lock (_gate) _view.Await(watch);
    }

    public void Dispose()
    {
        _isGone = true;
        _client.Dispose();
    }

    void IWireListener.OnReceived(int bytes)
    {
        lock (_gate) _tally = _tally with { Bytes = _tally.Bytes + bytes };
    }

    void IWireListener.OnFrame(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            var acknowledged = _view.Acknowledged;
            var updates = _view.Apply(frame, _swarm.Now);
            _tally = _tally with { Frames = _tally.Frames + 1, Updates = _tally.Updates + updates };
            if (_view.Acknowledged > acknowledged && _moves.TryFind(_view.Acknowledged, out var move)) Remember(move.XCm, move.ZCm);
        }
    }

    void IWireListener.OnSaid(ReadOnlySpan<byte> text) => _ear.Hear(text, _swarm.Now);

    void IWireListener.OnMove(SentMove move)
    {
        Bot? viewer;
        uint ownId;
        lock (_gate)
        {
            _tally = _tally with { Moves = _tally.Moves + 1 };
            var moved = !_moves.TryFind(move.Input - 1, out var last) || last.XCm != move.XCm || last.ZCm != move.ZCm;
            _moves.Add(move);
            ownId = _visit?.EntityId ?? 0;
            viewer = moved && _swarm.Latency.Samples(move.Input) ? AnyInView() : null;
        }

        viewer?.Await(new Watch(ownId, move.Input, _moves, _swarm.Now));
    }

    private Bot? AnyInView() =>
        _visit is { } visit && _view.Others.Count > 0
            ? _swarm.Roster.Find(visit.Map, visit.ChannelId, _view.Others[_chance.Next(_view.Others.Count)])
            : null;

    private MmoClientOptions ClientOptions() => MmoClientOptions.Default with
    {
        ClientName = "bots",
        // A lost connection is what a run wants to know of, so nothing is resumed behind its back.
        ResumeWithin = TimeSpan.Zero,
        // Patience does it for every busy answer alike.
        BusyRetries = 0,
        // A first run waits for a password hash per bot.
        RequestTimeout = TimeSpan.FromSeconds(60),
        MovesPerSecond = Math.Max(1, _swarm.Options.MovesPerSecond),
        Seed = _swarm.Options.Seed + _index,
        LoadMap = Enter,
        CreateTransport = endpoint => new WireTap(_swarm.CreateTransport(endpoint), this),
    };

    private void Listen()
    {
        _client.MapDisconnected += OnDisconnected;
        _client.MapStopped += OnStopped;
        _client.Spawned += _ => OnSpawned();
        _client.Warping += _ => Leave();
        _client.Warped += _ => OnWarped();
        _client.Corrected += OnCorrected;
        _client.Teleported += OnTeleported;
        _client.UnhandledHandlerException += thrown => _swarm.Problems.Error(thrown.ToString());
    }

    // Told to speak later, it is silent until its next turn; the answer is counted as busy.
    private void OnRefused(ChatText line, Answer<SayAccepted>.Refused refused)
    {
        _mouth.Refused(line.Number);
        if (refused.RetryAfter == TimeSpan.Zero) _swarm.Problems.Error($"{ErrorNames.Of(refused.Code)}: {refused.Sentence}");
    }

    private Task Enter(MapVisit visit, CancellationToken cancellation)
    {
        Leave();
        lock (_gate)
        {
            var at = new Vector2(visit.Start.Position.X, visit.Start.Position.Z);
            // Only the first walk of a run may be long: nobody waits for it behind a warp.
            _hasBeenPlaced = _walk is not null;
            var firstWalk = _hasBeenPlaced ? WalkBehindWarp : _swarm.Options.Spread;
            _walk = new Walk(Area.Of(visit, _swarm.Options.AreaMetres), at, visit.MaxSpeedMetresPerSecond, firstWalk, _chance);
            _view.Begin(visit.EntityId);
            _moves.Clear();
            _movedAt = _swarm.Now;
            (_visit, _warps) = (visit, visit.Warps);
            Remember(Units.ToCentimetres(at.X), Units.ToCentimetres(at.Y));
        }

        _swarm.Roster.Add(visit.Map, visit.ChannelId, visit.EntityId, this);
        return Task.CompletedTask;
    }

    private void Leave()
    {
        MapVisit? left;
        lock (_gate) (left, _visit) = (_visit, null);
        if (left is not null) _swarm.Roster.Remove(left.Map, left.ChannelId, left.EntityId, this);
    }

    private void Fail(string sentence)
    {
        if (_isGone) return;
        _isGone = true;
        _swarm.Problems.Error(sentence);
    }

    private void OnSpawned()
    {
        if (_hasEntered) return;
        _ear.Since = EnteredAt = _swarm.Now;
        _hasEntered = true;
        _swarm.AddHearer();
    }

    private void OnDisconnected(DisconnectReason reason)
    {
        if (reason.Cause is DisconnectCause.Requested or DisconnectCause.EnteringMap or DisconnectCause.Warping) return;
        _lastLoss = $"{reason.Cause}: {ErrorNames.Of(reason.Code)}: {reason.Sentence}";
    }

    // Before it has entered, what goes wrong is the answer to Join.
    private void OnStopped()
    {
        Leave();
        if (_isGone || !_hasEntered) return;
        _isGone = true;
        _swarm.RemoveHearer();
        _swarm.Problems.Drop(_lastLoss);
    }

    private void OnWarped()
    {
        lock (_gate) _tally = _tally with { Warps = _tally.Warps + 1 };
    }

    private void OnCorrected(Correction correction)
    {
        lock (_gate) _tally = _tally with { Corrections = _tally.Corrections + 1 };
        Put(correction.Position);
    }

    private void OnTeleported(Vector3 position)
    {
        OnWarped();
        Put(position);
    }

    private void Put(Vector3 position)
    {
        _moves.RefuseAll();
        lock (_gate)
        {
            _walk?.Put(new Vector2(position.X, position.Z));
            if (_visit is not null) Remember(Units.ToCentimetres(position.X), Units.ToCentimetres(position.Z));
        }
    }

    private void Remember(int xCm, int zCm) =>
        _trail.Add(new PastState(_swarm.Time.GetUtcNow().ToUnixTimeMilliseconds(), _visit!.Map, xCm, zCm, WarpAt(xCm / 100f, zCm / 100f)));

    private string? WarpAt(float x, float z)
    {
        foreach (var warp in _warps)
        {
            var (inX, inZ) = (x - warp.Corner.X, z - warp.Corner.Z);
            if (inX >= -StepMetres && inZ >= -StepMetres && inX <= warp.Size.X + StepMetres && inZ <= warp.Size.Z + StepMetres) return warp.ToMap;
        }

        return null;
    }
}
