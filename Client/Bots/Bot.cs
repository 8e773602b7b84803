using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Chat;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Bots.Past;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>
/// One client. The protocol is its <see cref="MmoClient"/>'s; its moves, what it sees and what is counted are its own and pass by the client, see
/// <see cref="IWire"/>. It has no timer: <see cref="TurnWheel"/> calls it when its turn has come. News come on other threads, so one lock guards
/// what is counted; while it is held, no other bot's is taken and nothing waits.
/// </summary>
internal sealed partial class Bot : IWireListener, IDisposable
{
    /// <summary>What the system takes for a bot that does not read, so that it is soon the server that holds it.</summary>
    private const int DeafHoldsBytes = 4096;

    private readonly Lock _gate = new();
    private readonly SwarmContext _swarm;
    private readonly int _index;
    private readonly MmoClient _client;
    private readonly View _view;
    private readonly Feet _feet;
    private readonly ChatMouth _mouth;
    private readonly ChatEar _ear;
    private readonly Footprints? _footprints;
    private readonly List<int> _viewers = [];
    private readonly bool _becomesDeaf;
    private IWire? _wire;
    private int _ground;
    private Tally _tally;
    private volatile bool _hasEntered;
    private volatile bool _isGone;
    private volatile bool _isDeaf;
    private string _lastLoss = "The client gave up.";

    public Bot(SwarmContext swarm, int index)
    {
        (_swarm, _index, Name) = (swarm, index, Account.NameOf(swarm.Options.Prefix, index));
        _becomesDeaf = index >= swarm.Options.Clients - swarm.Options.Deaf;
        _view = new View(swarm.Latency);
        _feet = new Feet(swarm.Options, swarm.Chance(index, 1));
        _mouth = new ChatMouth(swarm.Chat, index);
        _ear = new ChatEar(swarm.Chat, _mouth, index);
        _footprints = swarm.Options.HistoryPath is null ? null : new Footprints(swarm.Time, _feet.Moves);
        _client = new MmoClient(ClientOptions());
        Listen();
    }

    public string Name { get; }

    /// <summary>Stands on a map now.</summary>
    public bool IsOnMap => Visible is not null;

    /// <summary>Has been on a map at some time.</summary>
    public bool HasEntered => _hasEntered;

    /// <summary>When it first stood on a map.</summary>
    public TimeSpan EnteredAt { get; private set; }

    /// <summary>One of those that stop reading: nothing of it is measured.</summary>
    public bool IsDeaf => _isDeaf;

    /// <summary>Will not come back: its login failed, or it was dropped.</summary>
    public bool IsOut => _isGone;

    /// <summary>Has stood in its first place, can get no nearer, or has left that map through a warp.</summary>
    public bool IsInPlace
    {
        get
        {
            lock (_gate) return _feet.IsInPlace;
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
            lock (_gate) return _feet.Visit is null ? null : _view.Others.Count;
        }
    }

    /// <summary>Logs in and enters. A failure is told to the swarm's problems.</summary>
    public async Task Join(CancellationToken cancellation)
    {
        try
        {
            var entrance = new Entrance(_client, _swarm.Book, new Patience(_swarm.Chance(_index, 2), _swarm.Time), _swarm.Options.ChannelOf(_index));
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
        Span<byte> bytes = stackalloc byte[MoveWriter.LongestBytes];
        int length;
        Watch watch;
        bool isSample;
        var now = _swarm.Now;
        lock (_gate)
        {
            _view.Expire(now);
            if (_swarm.Options.Settles && _feet.IsInPlace) return;
            length = _feet.Step(now, bytes, out var isElsewhere);
            if (length == 0) return;
            _tally = _tally with { Moves = _tally.Moves + 1, SentBytes = _tally.SentBytes + length };
            _swarm.Places.Put(_index, _ground, _feet.At);
            isSample = isElsewhere && !_isDeaf && _swarm.Latency.Samples();
            watch = new Watch(_feet.Visit!.EntityId, _feet.LastInput, _feet.Moves, now);
        }

        if (isSample) LetOthersAwait(watch);
        _wire?.TrySend(bytes[..length]);
    }

    /// <summary>Its turn to say something to everybody.</summary>
    public async void Say()
    {
        if (!IsOnMap) return;
        var now = _swarm.Now;
        var line = _mouth.Begin(_swarm.Chat.Counts(now) ? _swarm.Hearers : 0, now);
        var answer = await _client.GlobalAsync(line.ToString());
        if (answer.IsGranted(out _)) _mouth.Accepted(line.Number);
        else if (answer is Answer<SayAccepted>.Refused refused) OnRefused(line, refused);
        // Without a code it was the bot itself that left, through a warp.
        else if (!_isGone && answer.Code != ErrorCode.None) _swarm.Problems.Error($"{ErrorNames.Of(answer.Code)}: {answer.Sentence}");
    }

    /// <summary>What the history keeps of it.</summary>
    public HistoryLine Past()
    {
        lock (_gate) return _footprints!.LineOf(AccountLine.Of(_swarm.Book.Find(Name)), _view.Acknowledged);
    }

    /// <summary>Somebody near has sent a move: how long until this bot sees it? One that is between two maps sees nothing.</summary>
    public void Await(Watch watch)
    {
        lock (_gate)
        {
            if (_feet.IsSpawned && !_isDeaf) _view.Await(watch);
            else _swarm.Latency.TakeBack();
        }
    }

    /// <summary>From the first time on it is one of the deaf. It goes on walking either way.</summary>
    public void Listen(bool listens)
    {
        if (!_isDeaf && _hasEntered)
        {
            _swarm.RemoveHearer();
            lock (_gate) _view.End();
        }

        _isDeaf = true;
        _wire?.Listen(listens);
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
            if (!_isDeaf) _tally = _tally with { Frames = _tally.Frames + 1, Updates = _tally.Updates + updates };
            if (_view.Acknowledged > acknowledged) _footprints?.Acknowledge(_view.Acknowledged);
        }
    }

    void IWireListener.OnSaid(ReadOnlySpan<byte> text)
    {
        if (!_isDeaf) _ear.Hear(text, _swarm.Now);
    }

    private void LetOthersAwait(Watch watch)
    {
        var range = _feet.Visit is { } visit ? visit.VisibleRangeMetres - LatencyProbe.BorderMetres : 0;
        _swarm.Places.Near(_index, range, _viewers);
        _swarm.Latency.Sampled(_viewers.Count);
        foreach (var viewer in _viewers) _swarm.BotAt(viewer).Await(watch);
    }

    private MmoClientOptions ClientOptions() => MmoClientOptions.Default with
    {
        ClientName = "bots",
        // A lost connection is what a run wants to know of, so nothing is resumed behind its back.
        ResumeWithin = TimeSpan.Zero,
        // Patience does it for every busy answer alike.
        BusyRetries = 0,
        // A first run waits for a password hash per bot.
        RequestTimeout = TimeSpan.FromSeconds(60),
        // Of all that comes the client hears little, and that behind everything else: on a core that has too much to read its own backlog
        // would look like a silent server. A deaf one would take its own silence for the server's.
        ServerSilence = _becomesDeaf ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1),
        Seed = _swarm.Options.Seed + _index,
        LoadMap = Enter,
        CreateTransport = CreateWire,
    };

    private ITransport CreateWire(ServerEndpoint endpoint) => _wire = _swarm.CreateWire(endpoint, this, _becomesDeaf ? DeafHoldsBytes : 0);

    // Told to speak later, it is silent until its next turn; the answer is counted as busy.
    private void OnRefused(ChatText line, Answer<SayAccepted>.Refused refused)
    {
        _mouth.Refused(line.Number);
        if (refused.RetryAfter == TimeSpan.Zero) _swarm.Problems.Error($"{ErrorNames.Of(refused.Code)}: {refused.Sentence}");
    }
}
