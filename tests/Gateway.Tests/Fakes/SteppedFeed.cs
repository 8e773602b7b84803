using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>
/// A feed and its map on one clock that a test moves. The map ticks 20 times a second whatever the feed does, moves everybody, lets
/// somebody say a line, and sends what is not acknowledged, as a map does; the feed serves when the test says so. What a client takes
/// to be served passes on the clock.
/// </summary>
internal sealed class SteppedFeed : IFeedLink, IDisposable
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>As a map's own.</summary>
    private const int MostUnanswered = 4;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly GatewayMetrics _metrics;
    private readonly MapFeed _feed;
    private readonly FakeTimeProvider _time = new();
    private readonly List<Visit> _visits = [];
    private readonly Queue<FeedEvent> _unheard = [];
    private readonly DateTimeOffset _start;
    private long _acknowledged;
    private int _unanswered;
    private int _withheld;
    private uint _moves;
    private bool _isBusy;

    public SteppedFeed(int players)
    {
        _metrics = new GatewayMetrics(_services.GetRequiredService<IMeterFactory>());
        Counts = new Counts(_services.GetRequiredService<IMeterFactory>());
        _start = _time.GetUtcNow();
        _feed = new MapFeed(FakeWorld.Home, _metrics, new FailingLog()) { Link = this };
        _feed.CompleteJoin(_feed.BeginJoin(), new FeedJoined(FeedStatus.Joined, Frames.Map, []));
        for (var entity = 1; entity <= players; entity++)
            Bring(entity);
    }

    public Counts Counts { get; }

    public List<CountedClient> Clients { get; } = [];

    /// <summary>The newest input of each player that went up to the map.</summary>
    public Dictionary<int, uint> Arrived { get; } = [];

    /// <summary>The map's newest tick.</summary>
    public long Now { get; private set; }

    /// <summary>How long it takes to serve one client once.</summary>
    public TimeSpan Cost { get; set; }

    /// <summary>The newest input that every player has sent.</summary>
    public uint Moves => _moves;

    /// <summary>Lets time pass. The feed serves whenever there is something to serve and it is done with what was before.</summary>
    public void Pass(TimeSpan time)
    {
        for (var until = _time.GetUtcNow() + time; _time.GetUtcNow() < until;)
        {
            if (_feed.WaitingFrames > 0)
                Serve();
            else
                Advance(Tick - TimeSpan.FromTicks((_time.GetUtcNow() - _start).Ticks % Tick.Ticks));
        }
        Serve();
    }

    /// <summary>What the conversation with the map does between two frames.</summary>
    public void Beat() => _feed.CatchUp();

    /// <summary>The acknowledgement goes up with what the players did.</summary>
    void IFeedLink.FrameArrived()
    {
        var (_, tick, heard) = _feed.Acknowledged;
        (_acknowledged, _unanswered) = (tick, 0);
        while (_unheard.TryPeek(out var oldest) && oldest.Number <= heard)
            _unheard.Dequeue();
        foreach (var input in _feed.Inputs.Take())
            Arrived[input.Entity] = input.Sequence;
    }

    void IFeedLink.Wake()
    {
    }

    void IFeedLink.JoinAgain(string reason) => throw new InvalidOperationException(reason);

    public void Dispose()
    {
        Counts.Dispose();
        _metrics.Dispose();
        _services.Dispose();
    }

    private void Serve()
    {
        _isBusy = true;
        _feed.ServeWaiting();
        _isBusy = false;
    }

    private void Advance(TimeSpan time)
    {
        _time.Advance(time);
        for (var due = (_time.GetUtcNow() - _start) / Tick; Now + 1 <= due;)
            Step();
    }

    private void Step()
    {
        Now++;
        _moves++;
        foreach (var visit in _visits)
            _feed.Inputs.Add(visit, new MoveInput(_moves, (int)_moves, 0, 0, 0));
        _unheard.Enqueue(Frames.Event(Now, new LineHeard("global", new ChatLine(new Fence(1, Now), ChatLineKind.Global, CharacterId.New(), "Ann", $"{Now}", default))));
        if (_unanswered == MostUnanswered)
        {
            _withheld++;
            return;
        }
        _unanswered++;
        var everybody = _visits.Select(visit => Frames.At(visit.Entity, (int)Now, 0, Now, _moves)).ToArray();
        var state = _acknowledged == 0 ? Frames.Arrivals(0, Now, everybody) : Frames.Changes(_acknowledged, Now, everybody);
        _feed.Receive(_feed.Joining, state.With([.. _unheard]) with { Withheld = _withheld });
        _withheld = 0;
    }

    private void Bring(int entity)
    {
        var character = CharacterId.New();
        var admission = new Admission(character, AccountId.New(), $"n{entity}", default, new Fence(1, 1), FakeWorld.Home,
            new CharacterImage(character, default, FakeWorld.Home, null, default, default), new byte[32], default);
        var welcome = new MapWelcome(entity, Frames.Map, default, new MapRules(20, 80, 6), new MapShape(0, 0, 100, 100, []), TimeSpan.FromSeconds(5));
        var client = new CountedClient(() =>
        {
            if (_isBusy && Cost > TimeSpan.Zero)
                Advance(Cost);
        });
        var visit = new Visit(_feed, new FakeMap(FakeWorld.Home), client, admission, welcome, []);
        _feed.Add(visit, new EnteredMap(welcome, _feed.Joining));
        _feed.Show(visit);
        Clients.Add(client);
        _visits.Add(visit);
    }
}
