using System.Threading.Channels;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Maps;

/// <summary>One map on one gateway: inputs up, frames and events down.</summary>
public sealed class Feeding : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);

    /// <summary>A batch that an entry waits for takes as much of its time as the machine needs.</summary>
    private readonly GatewayUnderTest _gateway = new(options => options.GrainCallTimeout = TimeSpan.FromMinutes(5));

    private FakeMap Map => _gateway.World.Map(FakeWorld.Home);

    [Fact]
    public async Task The_latest_input_of_each_player_goes_up_in_one_batch()
    {
        var first = await _gateway.Enter("barone");
        var second = await _gateway.Enter("lady");
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Map.Pushing = () => answer.Task;
        await Map.Send(Frames.Arrivals(0, 1).With());
        await Batch(one => one.AcknowledgedTick == 1);

        first.Client.Send(Commands.Move(1, 100, 0));
        first.Client.Send(Commands.Move(2, 110, 5));
        second.Client.Send(Commands.Move(1, 200, 0));
        await Heard(first, second);
        Map.Pushing = null;
        answer.SetResult(); // Until now the next batch could not go, and so not with a part of them.
        var batch = await Batch(one => one.Inputs.Length > 0);

        Assert.Equal([(first.Entity, 2u, 110, 5), (second.Entity, 1u, 200, 0)], batch.Inputs.OrderBy(input => input.Entity).Select(input => (input.Entity, input.Sequence, input.X, input.Z)));
        Assert.Equal(Frames.Map, batch.Map);
    }

    [Fact]
    public async Task A_frame_is_acknowledged_with_what_the_replica_has()
    {
        var player = await _gateway.Enter("barone");

        await Map.Send(Frames.Arrivals(0, 9, Frames.At(player.Entity, 0, 0, 9)).With(Frames.Event(3, new GameSent(1, default))));
        await player.Client.Receive(ServerMessage.FactOneofCase.Frame);
        var batch = await Batch(one => one.AcknowledgedTick == 9);

        Assert.Equal(3, batch.AcknowledgedEvent);
    }

    [Fact]
    public async Task While_moves_come_none_of_twenty_frames_a_second_brings_a_batch_of_its_own()
    {
        const int Ticks = 10;
        var player = await _gateway.Enter("barone");
        var before = await Batch(_ => true);
        for (var tick = 1; tick <= Ticks; tick++)
        {
            await Map.Send(Frames.Arrivals(tick - 1, tick, Frames.At(player.Entity, tick, 0, (uint)tick)).With());
            await player.Client.Receive(ServerMessage.FactOneofCase.Frame);
            foreach (var milliseconds in new[] { 20, 20, 10 })
            {
                player.Client.Send(Commands.Move((uint)(100 * tick + milliseconds), tick, 0));
                await Heard(player);
                _gateway.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            }
        }
        var last = await Batch(one => one.AcknowledgedTick == Ticks);

        Assert.InRange(last.Sequence - before.Sequence, 1, (2 * Ticks) + 3); // The lease may be renewed around them.
    }

    [Fact]
    public async Task The_lease_is_renewed_every_second_though_nothing_happens()
    {
        await _gateway.Enter("barone");
        var first = await Batch(_ => true);
        var second = await Batch(_ => true);

        Assert.Empty(first.Inputs);
        Assert.Equal(first.Sequence + 1, second.Sequence);
    }

    [Fact]
    public async Task Events_come_once_in_order_and_numbered_by_visit()
    {
        var player = await _gateway.Enter("barone");

        await Map.Send(Frames.Arrivals(0, 1).With(Frames.Event(5, new GameSent(1, default)), Frames.Event(6, new GameSent(2, default))));
        await Map.Send(Frames.Changes(0, 2).With(Frames.Event(5, new GameSent(1, default)), Frames.Event(6, new GameSent(2, default)), Frames.Event(7, new GameSent(3, default))));

        Assert.Equal([(1UL, 1u), (2UL, 2u), (3UL, 3u)], await Events(player, 3, one => (one.Number, one.Game.Kind)));
    }

    [Fact]
    public async Task Events_reach_those_they_are_for()
    {
        var first = await _gateway.Enter("barone");
        var second = await _gateway.Enter("lady");

        await Map.Send(Frames.Arrivals(0, 1).With(
            Frames.Event(1, new GameSent(1, default), first.Entity),
            Frames.Event(2, new GameSent(2, default)),
            Frames.Event(3, new StepRefused(4, new Pose(new Position(1.5f, 0, -2), 0), RefusalCode.MoveBlocked), second.Entity)));

        Assert.Equal([1u, 2u], await Events(first, 2, one => one.Game.Kind));
        Assert.Equal(["2 0", "0 150"], await Events(second, 2, one => $"{one.Game?.Kind ?? 0} {one.Corrected?.XCm ?? 0}"));
    }

    [Fact]
    public async Task A_line_that_a_player_has_heard_is_not_said_again()
    {
        var player = await _gateway.Enter("barone");

        await Map.Send(Frames.Arrivals(0, 1).With(
            Frames.Event(1, Line("one", 1)),
            Frames.Event(2, Line("two", 2)),
            Frames.Event(3, Line("one again", 1)),
            Frames.Event(4, Line("local", 0)),
            Frames.Event(5, Line("three", 3))));

        Assert.Equal(["one", "two", "local", "three"], await Events(player, 4, one => one.Said.Text));
    }

    [Fact]
    public async Task An_event_that_comes_before_the_map_has_answered_the_entry_reaches_the_player_after_it()
    {
        var early = Frames.Event(1, Line("welcome", 0), 101);
        Map.Entering = async _ =>
        {
            await Map.Send(Frames.Arrivals(0, 1).With(early));
            await Batch(one => one.AcknowledgedEvent == 1);
        };

        var player = await _gateway.Enter("barone", ready: false);

        Assert.Equal(101, player.Entity);
        Assert.Equal(["welcome"], await Events(player, 1, one => one.Said.Text));
    }

    [Fact]
    public async Task Who_enters_while_the_others_hear_a_line_still_hears_those_that_it_missed_before()
    {
        Map.Entering = async _ =>
        {
            await Map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, Line("two", 2))));
            await Batch(one => one.AcknowledgedEvent == 1);
            Map.LastEvent = 1;
        };

        var player = await _gateway.Enter("barone");
        await Map.Send(Frames.Changes(1, 2).With(Frames.Event(2, Line("one", 1), player.Entity), Frames.Event(3, Line("two", 2), player.Entity)));

        Assert.Equal(["one", "two"], await Events(player, 2, one => one.Said.Text));
    }

    [Fact]
    public async Task A_line_for_the_others_that_is_still_on_its_way_when_somebody_enters_is_not_for_the_newcomer()
    {
        var first = await _gateway.Enter("lady");
        Map.LastEvent = 1;
        var player = await _gateway.Enter("barone");

        await Map.Send(Frames.Arrivals(0, 1).With(
            Frames.Event(1, Line("two", 2)), Frames.Event(2, Line("one", 1), player.Entity), Frames.Event(3, Line("two", 2), player.Entity)));

        Assert.Equal(["one", "two"], await Events(player, 2, one => one.Said.Text));
        Assert.Equal(["two"], await Events(first, 1, one => one.Said.Text));
    }

    [Fact]
    public async Task Who_enters_when_the_map_has_moved_is_not_told_what_the_others_heard_before_that()
    {
        await _gateway.Enter("lady");
        Map.RefuseEntries.Enqueue(Refusal.For(RefusalCode.AppNotReady));
        Map.Entering = async _ =>
        {
            Map.Entering = null;
            await Map.Send(Frames.Arrivals(0, 1).With(Frames.Event(700, Line("two", 2))));
            await Batch(one => one.AcknowledgedEvent == 700);
            (Map.EntityFor, Map.Fence) = (_ => 101, new Fence(2, 0));
        };

        var player = await _gateway.AdvanceUntil(_gateway.Enter("barone"), Beat);
        var missed = Frames.Arrivals(0, 2).With(Frames.Event(1, Line("one", 1), player.Entity), Frames.Event(2, Line("two", 2), player.Entity));
        await Map.Send(missed with { Map = Map.Fence });

        Assert.Equal(["one", "two"], await Events(player, 2, one => one.Said.Text));
    }

    [Fact]
    public async Task Who_enters_among_more_events_than_are_held_is_brought_to_the_map_again_with_what_it_has_heard()
    {
        Map.Entering = async _ =>
        {
            await Map.Send(Frames.Arrivals(0, 1).With([.. Enumerable.Range(1, 1025).Select(number => Frames.Event(number, Line("line", number)))]));
            await Batch(one => one.AcknowledgedEvent == 1025);
        };
        Map.EntityFor = _ => 101;

        var player = await _gateway.Enter("barone");
        await Map.Joins.ReadAsync();
        var again = await _gateway.AdvanceUntil(Map.Joins.ReadAsync().AsTask(), Beat);

        Assert.Empty(Assert.Single(again.Roster).Heard);
        await Batch(one => one.AcknowledgedEvent == 0);
        await Map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, Line("one", 1), player.Entity)));
        Assert.Equal(["one"], await Events(player, 1, one => one.Said.Text));
    }

    [Fact]
    public async Task Where_a_newcomer_begins_to_hear_a_channel_is_told_and_kept_for_joining_again()
    {
        var player = await _gateway.Enter("barone");
        await Map.Joins.ReadAsync();
        await Map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, new ChatBegins("global", new Fence(1, 5)), player.Entity)));
        Assert.Equal([("global", 1L, 5L)], await Events(player, 1, one => (one.ChatBegins.Channel, one.ChatBegins.Incarnation, one.ChatBegins.Number)));

        Map.PushStatus = FeedStatus.NotJoined;
        var again = await _gateway.AdvanceUntil(Map.Joins.ReadAsync().AsTask(), Beat);

        Assert.Equal([new ChatHeard("global", new Fence(1, 5))], Assert.Single(again.Roster).Heard);
    }

    [Fact]
    public async Task A_map_that_forgot_the_gateway_is_joined_again_with_the_players_who_are_here()
    {
        var player = await _gateway.Enter("barone");
        var first = await Map.Joins.ReadAsync();
        await Map.Send(Frames.Arrivals(0, 9, Frames.At(player.Entity, 1234, 0, 9, input: 6)).With(Frames.Event(1, Line("one", 1))));
        await player.Client.Receive(ServerMessage.FactOneofCase.Frame);

        Map.PushStatus = FeedStatus.NotJoined;
        Map.Fence = new Fence(2, 0);
        var again = await _gateway.AdvanceUntil(Map.Joins.ReadAsync().AsTask(), Beat);
        Map.PushStatus = FeedStatus.Joined;

        Assert.Empty(first.Roster);
        var entry = Assert.Single(again.Roster);
        Assert.Equal((12.34f, 6u, "Barone"), (entry.Pose.Position.X, entry.InputSequence, entry.Name));
        Assert.Equal([new ChatHeard("global", new Fence(1, 1))], entry.Heard);
        Assert.Equal(Frames.Map, again.KnownMap);
    }

    [Fact]
    public async Task Frames_that_are_on_the_way_when_the_map_is_joined_again_still_find_whom_they_are_for()
    {
        await _gateway.Enter("barone");
        var earlier = (await Map.Joins.ReadAsync()).Observer;
        Map.PushStatus = FeedStatus.NotJoined;
        await _gateway.AdvanceUntil(Map.Joins.ReadAsync().AsTask(), Beat);
        Map.PushStatus = FeedStatus.Joined;
        await earlier.OnFrame(Frames.Arrivals(0, 1).With());
        _gateway.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(earlier, _gateway.World.DeletedObservers);

        await _gateway.AdvanceUntil(Deleted(earlier), TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(Map.Observer!, _gateway.World.DeletedObservers);
    }

    [Fact]
    public async Task After_a_fail_over_the_client_learns_its_new_entity_and_sees_everything_anew()
    {
        var player = await _gateway.Enter("barone");
        await Map.Send(Frames.Arrivals(0, 9, Frames.At(player.Entity, 0, 0, 9), Frames.At(2, 0, 0, 9)).With());
        await player.Client.Receive(ServerMessage.FactOneofCase.Frame);

        Map.EntityFor = _ => 2_000_000;
        Map.Fence = new Fence(2, 0);
        var spawned = await _gateway.AdvanceUntil(player.Client.Receive(ServerMessage.FactOneofCase.Spawned), Beat);
        await Map.Send(Frames.Arrivals(0, 1, Frames.At(2_000_000, 0, 0, 1), Frames.At(2, 0, 0, 1)).With() with { Map = Map.Fence });
        var frame = (await player.Client.Receive(ServerMessage.FactOneofCase.Frame)).Frame;

        Assert.Equal(2_000_000u, spawned.Spawned.EntityId);
        Assert.Equal([2u, 2_000_000u], frame.Entities.Select(entity => entity.Id).Order());
        Assert.Equal([(uint)player.Entity], frame.Left);
    }

    [Fact]
    public async Task A_player_that_the_map_does_not_take_back_is_closed()
    {
        var player = await _gateway.Enter("barone");
        Map.EntityFor = _ => 0;
        Map.PushStatus = FeedStatus.NotJoined;

        var end = await _gateway.AdvanceUntil(player.Client.Receive(ServerMessage.FactOneofCase.Disconnecting), Beat);

        Assert.Equal(ErrorCode.TicketExpired, end.Disconnecting.Code);
    }

    [Fact]
    public async Task A_frame_of_an_earlier_life_of_the_map_is_ignored()
    {
        var player = await _gateway.Enter("barone");

        await Map.Send(Frames.Arrivals(0, 5, Frames.At(player.Entity, 1, 0, 5)).With(Frames.Event(1, new GameSent(1, default))) with { Map = new Fence(0, 9) });
        await Map.Send(Frames.Arrivals(0, 3, Frames.At(player.Entity, 2, 0, 3)).With(Frames.Event(1, new GameSent(2, default))));

        Assert.Equal([2u], await Events(player, 1, one => one.Game.Kind));
        Assert.Equal(2, (await player.Client.Receive(ServerMessage.FactOneofCase.Frame)).Frame.Entities[0].XCm);
    }

    [Fact]
    public async Task While_the_map_is_silent_the_players_stay_and_their_inputs_go_up_again()
    {
        var player = await _gateway.Enter("barone");
        Map.PushFails = new TimeoutException("silent");
        player.Client.Send(Commands.Move(1, 100, 0));
        await Heard(player);

        await Batch(one => one.Inputs.Length == 1);
        Map.PushFails = null;
        var again = await Batch(one => one.Inputs.Length == 1);

        Assert.Equal(1u, again.Inputs[0].Sequence);
        Assert.False(player.Client.Served.IsCompleted);
    }

    [Fact]
    public async Task A_move_that_a_map_took_and_never_made_goes_to_the_map_that_is_started_in_its_place()
    {
        var player = await _gateway.Enter("barone");
        player.Client.Send(Commands.Move(7, 100, 0));
        await Heard(player);
        await Batch(one => one.Inputs.Length == 1);
        await Batch(one => one.Inputs.IsEmpty); // so it was taken

        Map.PushStatus = FeedStatus.NotJoined;
        Map.Fence = new Fence(2, 0);
        await Batch(one => true);
        Map.PushStatus = FeedStatus.Joined;
        var again = await Batch(one => one.Map == new Fence(2, 0) && one.Inputs.Length == 1);

        Assert.Equal(7u, again.Inputs[0].Sequence);
        await Batch(one => one.Inputs.IsEmpty);
    }

    [Fact]
    public async Task A_map_that_closes_for_good_sends_its_players_away()
    {
        var player = await _gateway.Enter("barone");
        Map.PushStatus = FeedStatus.Closed;

        var end = await _gateway.AdvanceUntil(player.Client.Receive(ServerMessage.FactOneofCase.Disconnecting), Beat);

        Assert.Equal(ErrorCode.ServerClose, end.Disconnecting.Code);
        Assert.True(end.Disconnecting.RetryAfterMs > 0);
    }

    [Fact]
    public async Task A_gateway_parts_from_a_map_two_seconds_after_its_last_player()
    {
        var player = await _gateway.Enter("barone");
        player.Client.Close();
        await player.Client.Served;
        var left = _gateway.Time.GetTimestamp();

        await _gateway.AdvanceUntil(Map.Parts.ReadAsync().AsTask(), Beat);

        Assert.True(_gateway.Time.GetElapsedTime(left) >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Who_comes_after_the_parting_joins_anew()
    {
        var player = await _gateway.Enter("barone");
        player.Client.Close();
        await _gateway.AdvanceUntil(Map.Parts.ReadAsync().AsTask(), Beat);

        var next = await _gateway.Enter("lady");
        await Map.Send(Frames.Arrivals(0, 2, Frames.At(next.Entity, 0, 0, 2)).With());

        await next.Client.Receive(ServerMessage.FactOneofCase.Frame);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private static LineHeard Line(string text, long number) => new("global", new ChatLine(
        number == 0 ? Fence.None : new Fence(1, number), ChatLineKind.Global, CharacterId.New(), "somebody", text, DateTimeOffset.UnixEpoch));

    /// <summary>The gateway has taken in what these clients said so far.</summary>
    private static async Task Heard(params Player[] players)
    {
        foreach (var player in players)
        {
            player.Client.Send(Commands.Ping(99));
            await player.Client.Receive(ServerMessage.FactOneofCase.Pong);
        }
    }

    private async Task<bool> Deleted(IMapFeedObserver observer)
    {
        while (!_gateway.World.DeletedObservers.Contains(observer))
            await Task.Delay(1);
        return true;
    }

    private Task<InputBatch> Batch(Func<InputBatch, bool> isWanted) => _gateway.AdvanceUntil(Next(Map.Batches, isWanted), Beat);

    private static async Task<InputBatch> Next(ChannelReader<InputBatch> batches, Func<InputBatch, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
            if (await batches.ReadAsync(patience.Token) is var batch && isWanted(batch))
                return batch;
    }

    private static async Task<List<T>> Events<T>(Player player, int count, Func<MapEvent, T> what)
    {
        var events = new List<T>();
        while (events.Count < count)
            events.AddRange((await player.Client.Receive(ServerMessage.FactOneofCase.Events)).Events.Events.Select(what));
        return events;
    }
}
