using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Tests.Maps;

public class FeedingGateways
{
    /// <summary>Frames that a map sends before it waits for an answer.</summary>
    private const int MostUnanswered = 4;

    private readonly SteppedMap _map = new();

    [Fact]
    public void A_lost_frame_heals_with_the_next()
    {
        var gateway = _map.Join();
        var (ann, bob) = (_map.Spawn(gateway, 10, 10), _map.Spawn(gateway, 20, 20, "Bob"));
        _map.Step(5);
        gateway.LosesFrames = true;
        _map.Claim(gateway, ann, 10.5, 10);
        _map.Step();
        gateway.LosesFrames = false;
        _map.Step();
        Assert.Equal(10.5f, gateway.PlaceOf(ann).X);
        Assert.Equal(20f, gateway.PlaceOf(bob).X);
    }

    [Fact]
    public void A_frame_holds_only_what_changed_since_the_acknowledged_tick()
    {
        var gateway = _map.Join();
        var ann = _map.Spawn(gateway, 10, 10);
        _map.Spawn(gateway, 20, 20, "Bob");
        _map.Step(5);
        _map.Claim(gateway, ann, 10.5, 10);
        _map.Step();
        var state = gateway.Frames[^1].State;
        Assert.Equal(ann, Assert.Single(state.Changed).Entity);
        Assert.Empty(state.Identities);
    }

    [Fact]
    public void A_map_on_which_everybody_stands_sends_one_frame_a_second()
    {
        var gateway = _map.Join();
        var ann = _map.Spawn(gateway, 10, 10);
        _map.Step(5);
        gateway.Frames.Clear();
        _map.Step(60);
        Assert.Equal(3, gateway.Frames.Count);
        Assert.All(gateway.Frames, frame => Assert.True(frame.State.IsEmpty));
        _map.Claim(gateway, ann, 10.5, 10);
        _map.Step();
        Assert.Equal(10.5f, gateway.PlaceOf(ann).X);
    }

    [Fact]
    public void A_gateway_that_does_not_answer_is_told_how_many_ticks_it_has_missed_and_standing_still_is_none()
    {
        var gateway = _map.Join();
        var ann = _map.Spawn(gateway, 10, 10);
        _map.Step(5);
        gateway.Frames.Clear();
        _map.Step(45);
        Assert.All(gateway.Frames, frame => Assert.Equal(0, frame.Withheld));

        gateway.LosesFrames = true;
        for (var step = 1; step <= 10; step++)
        {
            _map.Claim(gateway, ann, 10 + (step * 0.1), 10);
            _map.Step();
        }
        gateway.LosesFrames = false;
        gateway.Frames.Clear();
        _map.Step(60);
        Assert.Equal(10 - MostUnanswered, gateway.Frames.Sum(frame => frame.Withheld));
    }

    [Fact]
    public void An_empty_map_tells_a_newcomer_at_once_that_it_is_empty()
    {
        var gateway = _map.Join();
        _map.Step();
        Assert.Equal(0, Assert.Single(gateway.Frames).From);
    }

    [Fact]
    public void An_event_on_a_map_on_which_everybody_stands_leaves_with_its_step()
    {
        var gateway = _map.Join();
        var entity = _map.Spawn(gateway, 10, 10);
        _map.Step(5);
        _map.Map.World.Send(entity, 7, default);
        _map.Step();
        Assert.Equal(7, Assert.Single(gateway.Told<GameSent>(entity)).Kind);
    }

    [Fact]
    public void Gateways_at_the_same_tick_share_one_state_object()
    {
        var (first, second) = (_map.Join(), _map.Join());
        var ann = _map.Spawn(first, 10, 10);
        _map.Step(3);
        Assert.Same(first.Frames[^1].State, second.Frames[^1].State);
        second.LosesFrames = true;
        for (var x = 10.1; x < 10.3; x += 0.1)
        {
            _map.Claim(first, ann, x, 10);
            _map.Step();
        }
        Assert.NotSame(first.Frames[^1].State, second.Frames[^1].State);
    }

    [Fact]
    public void A_leaver_is_told_until_every_gateway_knows()
    {
        var (first, second) = (_map.Join(), _map.Join());
        var ann = SteppedMap.Admission("Ann");
        var entity = _map.Spawn(first, ann);
        _map.Step(3);
        second.LosesFrames = true;
        _map.Map.Leave(ann.Character, ann.Owner, LeaveKind.Left, _map.Now);
        _map.Step(3);
        Assert.Single(first.Frames, frame => frame.State.Left.Contains(entity));
        Assert.Contains(entity, second.Frames[^1].State.Left);
        second.LosesFrames = false;
        _map.Step();
        Assert.Empty(second.Replica);
        second.Frames.Clear();
        _map.Step(2);
        Assert.DoesNotContain(second.Frames, frame => frame.State.Left.Contains(entity));
    }

    [Fact]
    public void A_newcomer_gets_everything_and_no_leavers()
    {
        var first = _map.Join();
        var ann = SteppedMap.Admission("Ann");
        _map.Spawn(first, ann);
        _map.Spawn(first, 20, 20, "Bob");
        _map.Step(3);
        _map.Map.Leave(ann.Character, ann.Owner, LeaveKind.Left, _map.Now);
        var second = _map.Join();
        _map.Step();
        var snapshot = second.Frames[0].State;
        Assert.Equal(0, snapshot.From);
        Assert.Equal("Bob", Assert.Single(snapshot.Identities).Name);
        Assert.Empty(snapshot.Left);
    }

    [Fact]
    public void Events_are_kept_until_acknowledged_and_arrive_once_in_order()
    {
        var gateway = _map.Join();
        var entity = _map.Spawn(gateway, 10, 10);
        _map.Step(3);
        gateway.LosesFrames = true;
        for (var i = 0; i < 3; i++)
        {
            _map.Map.World.Send(entity, i, default);
            _map.Step();
        }
        Assert.Equal(3, gateway.Frames[^1].Events.Length);
        gateway.LosesFrames = false;
        _map.Step();
        Assert.Equal([0, 1, 2], gateway.Told<GameSent>(entity).Select(sent => sent.Kind));
        gateway.Frames.Clear();
        _map.Step();
        Assert.DoesNotContain(gateway.Frames, frame => !frame.Events.IsEmpty);
    }

    [Fact]
    public void A_gateway_that_answers_nothing_gets_a_few_frames_and_then_one_each_two_seconds()
    {
        var gateway = _map.Join();
        gateway.LosesFrames = true;
        _map.Step(30);
        Assert.Equal(4, gateway.Frames.Count);
        _map.Step(40);
        Assert.Equal(5, gateway.Frames.Count);
        Assert.Equal(0, gateway.Frames[^1].From);
    }

    [Fact]
    public void A_gateway_that_leaves_too_many_events_unread_is_dropped_and_its_players_linger()
    {
        var map = new SteppedMap(configure: options => options.EventsPerGateway = 10);
        var (gateway, other) = (map.Join(), map.Join());
        var entity = map.Spawn(gateway, 10, 10);
        map.Step(3);
        for (var i = 0; i < 11; i++)
            map.Map.World.Send(entity, i, default);
        map.Step();
        Assert.Null(map.Map.Feeds.Find(gateway.Id));
        map.Step(TimeSpan.FromSeconds(5.1));
        Assert.Empty(other.Replica);
    }

    [Fact]
    public void An_acknowledgement_from_before_the_join_is_about_a_replica_that_is_gone()
    {
        var gateway = _map.Join();
        _map.Spawn(gateway, 10, 10);
        _map.Step(5);
        var late = gateway.Batch();
        _map.Join(gateway, new RosterEntry[0]);
        _map.Map.Push(late, _map.Now);
        _map.Step();
        Assert.Equal(0, gateway.Frames[^1].From);
    }

    [Fact]
    public void A_gateway_that_knows_a_later_map_stops_this_one()
    {
        var answer = _map.Map.Join(new FeedJoin(GatewayId.New(), new SteppedGateway(), new Fence(2, 0), []), _map.Now);
        Assert.Equal(FeedStatus.NotJoined, answer.Answer);
        Assert.NotNull(_map.Map.MustStop);
    }

    [Fact]
    public void Batches_of_an_earlier_map_are_answered_not_joined()
    {
        var map = new SteppedMap(claimed: false);
        map.Map.Claimed(new MapClaim(2, MapCheckpoint.Empty));
        var gateway = map.Join();
        gateway.Map = new Fence(1, 0);
        Assert.Equal(new PushAnswer(FeedStatus.NotJoined, new Fence(2, 0)), map.Map.Push(gateway.Batch(), map.Now));
        Assert.Null(map.Map.MustStop);
    }
}
