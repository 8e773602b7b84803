using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Connections;

/// <summary>
/// A client on a busy map that stops reading, over a real socket, beside one that reads. The map ticks when the reader has its frame, so
/// nothing here depends on how fast anybody is.
/// </summary>
public sealed class StoppedReading : IAsyncLifetime
{
    private const int Walkers = 500;
    private const int FirstWalker = 1_000;

    /// <summary>More than one tick's frame of all walkers, and less than two.</summary>
    private const int FrameBytes = Walkers * 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckUp = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly ClientView _seen = new();
    private readonly List<int> _gone = [];
    private ListeningGateway _gateway = null!;
    private Player _reader = null!;
    private Player _deaf = null!;
    private long _tick;

    private FakeMap Map => _gateway.World.Map(FakeWorld.Home);

    public async ValueTask InitializeAsync()
    {
        _gateway = await ListeningGateway.Start(time: _time);
        _reader = await Enter(await _gateway.ConnectTcp(), "reader");
        _deaf = await Enter(await _gateway.ConnectTcp(holds: 4096), "deaf");
        await TickOnce();
        Assert.Equal(1UL, (await _deaf.Client.Receive(ServerMessage.FactOneofCase.Frame)).Frame.Tick);
    }

    [Fact]
    public async Task It_is_skipped_and_costs_no_more_memory_than_a_frame_while_the_other_gets_every_tick()
    {
        await TickUntilSkipped(times: 50);

        Assert.Equal((ulong)_tick, _seen.Tick);
        Assert.Equal(_tick, _seen.Frames);
        Assert.InRange(_gateway.Counts["mmo.gateway.send.waiting.most"], 1, FrameBytes);
    }

    [Fact]
    public async Task Lines_that_it_does_not_read_wait_beside_the_frame_up_to_the_bound_and_then_it_is_closed()
    {
        await TickUntilSkipped(times: 1);
        var most = 0.0;
        for (var number = 1; _gateway.Counts["mmo.gateway.disconnects:SlowReader"] == 0; number++)
        {
            Assert.True(number < 10_000, "10,000 messages of 1 KB are kept for one who reads nothing.");
            await TickOnce(Frames.Event(number, new GameSent(1, new byte[1024]), _deaf.Entity));
            most = Math.Max(most, _gateway.Counts["mmo.gateway.send.waiting.most"]);
        }

        var bound = new ConnectionLimits().SendQueueBytes;
        Assert.InRange(most, bound / 2, bound + FrameBytes + 2048);
    }

    [Fact]
    public async Task When_it_reads_again_its_next_frame_makes_it_see_what_the_other_sees()
    {
        await TickUntilSkipped(times: 20);
        for (var gone = 0; gone < 10; gone++)
            _gone.Add(FirstWalker + (gone * 7)); // While it was not looking.
        await TickOnce();
        var (resumed, view) = ((ulong)_tick, new ClientView());
        view.Apply(Everything(1));
        var reading = ReadUntilAfter(resumed, view);

        var seen = new Dictionary<ulong, string>();
        while (!reading.IsCompleted)
        {
            await TickOnce();
            seen[_seen.Tick] = _seen.Everything;
        }
        await reading;

        Assert.Equal(seen[view.Tick], view.Everything);
        Assert.True(view.Frames < (int)resumed, $"{view.Frames} frames in {view.Tick} ticks: it was skipped");
        Assert.Equal(0, _gateway.Counts["mmo.gateway.disconnects"]);
    }

    [Fact]
    public async Task One_who_reads_again_too_late_finds_the_reason()
    {
        await TickUntilSkipped(times: 1);
        await CheckUpUntil(() => _gateway.Counts["mmo.gateway.disconnects:SlowReader"] == 1);

        Assert.Equal(ErrorCode.SlowReader, (await _deaf.Client.Receive(ServerMessage.FactOneofCase.Disconnecting)).Disconnecting.Code);
    }

    [Fact]
    public async Task One_who_never_reads_again_is_cut_after_the_limit_and_counted_and_the_other_plays_on()
    {
        await TickUntilSkipped(times: 1);
        var stalledAt = _time.GetTimestamp();

        await CheckUpUntil(() => _gateway.Counts["mmo.gateway.disconnects:SlowReader"] == 1);
        Assert.InRange(_time.GetElapsedTime(stalledAt), new ConnectionLimits().StalledWriteTimeout, new ConnectionLimits().StalledWriteTimeout * 6);
        await CheckUpUntil(() => _gateway.Connections == 1);

        await TickOnce();
        Assert.Equal(_tick, _seen.Frames);
        Assert.InRange(_gateway.Counts["mmo.gateway.send.waiting"], 0, FrameBytes);
    }

    public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();

    private async Task TickUntilSkipped(int times)
    {
        for (var most = _tick + 1_000; _gateway.Counts["mmo.gateway.frames.skipped"] < times;)
        {
            Assert.True(_tick < most, "1,000 frames were taken for one who reads nothing.");
            await TickOnce();
        }
    }

    /// <summary>Everybody has moved; returns when the reader has seen it.</summary>
    private async Task TickOnce(params FeedEvent[] events)
    {
        _tick++;
        int[] there = [_reader.Entity, _deaf.Entity, .. Enumerable.Range(FirstWalker, Walkers).Where(entity => !_gone.Contains(entity))];
        EntityChange[] changed = [.. there.Select(entity => Frames.At(entity, (int)(_tick * 3) % 4_000, entity % 100, _tick))];
        var state = _tick == 1 ? Frames.Arrivals(0, 1, changed) : Frames.Changes(_tick - 1, _tick, changed) with { Left = [.. _gone] };
        await Map.Send(state.With(events));
        _seen.Apply((await _reader.Client.Receive(message => message.Frame?.Tick == (ulong)_tick, $"tick {_tick}")).Frame);
    }

    /// <summary>What the first frame said, which the test has read already.</summary>
    private MapFrame Everything(ulong tick) => new()
    {
        Tick = tick,
        Entities =
        {
            Enumerable.Range(FirstWalker, Walkers).Append(_reader.Entity).Append(_deaf.Entity)
                .Select(entity => new EntityState { Id = (uint)entity, Identity = new EntityIdentity() }),
        },
    };

    private async Task ReadUntilAfter(ulong tick, ClientView view)
    {
        while (view.Tick <= tick)
            view.Apply((await _deaf.Client.Receive(ServerMessage.FactOneofCase.Frame)).Frame);
    }

    /// <summary>Lets the gateway look after its connections, once a second of its time, until it has come to that.</summary>
    private async Task CheckUpUntil(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            _reader.Client.Send(Commands.Ping(1)); // It is not silent.
            await _reader.Client.Receive(ServerMessage.FactOneofCase.Pong);
            _time.Advance(CheckUp);
            await Task.Delay(1, patience.Token);
        }
    }

    private static async Task<Player> Enter(TestClient client, string name)
    {
        await client.Ask(Commands.Hello());
        await client.Ask(Commands.Register(name, "secret"));
        var login = (await client.Ask(Commands.Login(name, "secret"))).LoggedIn;
        var created = await client.Ask(Commands.CreateCharacter(name));
        var selected = await client.Ask(Commands.Select(created.CharacterCreated.Character));
        var accepted = await client.Ask(Commands.Enter(login, selected.MapConnection));
        await client.Ask(new ClientMessage { ClientReady = new ClientReady() });
        return new Player(client, login, accepted.EnterAccepted);
    }
}
