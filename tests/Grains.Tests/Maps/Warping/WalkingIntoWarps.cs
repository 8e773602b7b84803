using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

public class WalkingIntoWarps
{
    private static readonly MapRectangle Gate = new(20, 20, 2, 2);

    private readonly SteppedMap _map;
    private readonly SteppedGateway _gateway;
    private readonly Admission _admission = SteppedMap.Admission("Ann", SteppedMap.At(19.5f, 21));
    private readonly int _entity;

    public WalkingIntoWarps()
    {
        _map = new SteppedMap(SteppedMap.Field(
            new MapWarp("gate", Gate, "Map002", new MapPoint(5, 6)),
            new MapWarp("hole", new MapRectangle(40, 40, 2, 2), SteppedMap.Id.Map, new MapPoint(60, 61)),
            new MapWarp("loop", new MapRectangle(80, 80, 2, 2), SteppedMap.Id.Map, new MapPoint(81, 81)),
            new MapWarp("nowhere", new MapRectangle(30, 30, 2, 2), "Nowhere", new MapPoint(1, 1))));
        _gateway = _map.Join();
        _entity = _map.Spawn(_gateway, _admission);
        _map.Step(5);
    }

    [Fact]
    public void Walking_into_a_gate_asks_for_the_other_map_and_freezes()
    {
        var order = WalkIn();
        Assert.Equal((new MapId("1", "Map002"), new Position(5, 0, 6)), (order.Destination, order.Arrival!.Value.Position));
        Assert.Equal(new Stamp(new Fence(1, 1), new Fence(1, 0), order.Image.Stamp.Tick), order.Image.Stamp);
        _map.Claim(_gateway, _entity, 20.5, 21);
        _map.Step(5);
        Assert.Equal(20.1f, _gateway.PlaceOf(_entity).X);
        Assert.Empty(_map.Map.Warps.Due());
    }

    [Fact]
    public void Who_is_on_the_way_is_still_seen_and_newcomers_see_it_too()
    {
        WalkIn();
        var newcomers = _map.Join();
        _map.Spawn(newcomers, 22, 25, "Bob");
        _map.Step();
        Assert.Equal((20.1f, "Ann"), (newcomers.PlaceOf(_entity).X, newcomers.NameOf(_entity)));
        Assert.Equal(20.1f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void What_it_takes_along_is_changed_no_more()
    {
        Assert.True(_map.Map.World.SetData(_entity, new byte[] { 1 }));
        var order = WalkIn();
        Assert.False(_map.Map.World.SetData(_entity, new byte[] { 2 }));
        Assert.Equal([1], order.Image.Data.ToArray());
    }

    [Fact]
    public void A_save_that_comes_too_late_for_the_commit_does_not_cost_the_ticket()
    {
        _map.Map.World.SetData(_entity, new byte[] { 1 });
        var late = Assert.Single(_map.Map.Saves.Images);
        var order = WalkIn();
        _map.Post(() => _map.Map.Saved(late, SaveAnswer.Stale));
        Assert.Equal(1, _map.Map.Users);
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpMoved(new(_admission.Character, order.Destination, default, MapAddress.Unknown))));
        _map.Step();
        Assert.Single(_gateway.Told<MovedAway>(_entity));
        Assert.Empty(_gateway.Told<TakenAway>(_entity));
    }

    [Fact]
    public void Moved_takes_the_avatar_away_and_tells_the_address_that_the_map_has_learned()
    {
        var order = WalkIn();
        var ticket = new MapTicket(_admission.Character, order.Destination, default, MapAddress.Unknown);
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpMoved(ticket)));
        _map.Step();
        Assert.Equal(SteppedMap.Learned, Assert.Single(_gateway.Told<MovedAway>(_entity)).Ticket.Address);
        Assert.Empty(_gateway.Replica);
        Assert.Equal(0, _map.Map.Users);
        Assert.Equal(0, _map.Map.Saves.Count);
    }

    [Fact]
    public void A_map_that_was_not_learned_is_reached_at_the_tickets_own_address()
    {
        var order = WalkIn();
        var address = new MapAddress([new(EndpointTransport.Tcp, "own", 1, false)]);
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpMoved(new(_admission.Character, new MapId("1", "Map003"), default, address))));
        _map.Step();
        Assert.Equal(address, Assert.Single(_gateway.Told<MovedAway>(_entity)).Ticket.Address);
    }

    [Fact]
    public void Denied_lets_the_player_walk_on_and_says_why()
    {
        var order = WalkIn();
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpDenied(Refusal.For(RefusalCode.MapIsFull))));
        _map.Claim(_gateway, _entity, 19.5, 21);
        _map.Step();
        var failed = Assert.Single(_gateway.Told<WarpFailed>(_entity));
        Assert.Equal(("Map002", RefusalCode.MapIsFull), (failed.ToMap, failed.Why.Code));
        Assert.Equal(19.5f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void A_refused_gate_opens_again_only_after_the_player_has_left_it()
    {
        var order = WalkIn();
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpDenied(Refusal.For(RefusalCode.MapIsFull))));
        Go(20.5, 21);
        Assert.Empty(_map.Map.Warps.Due());
        Go(19.9, 21);
        Go(20.1, 21);
        Assert.NotEqual(order.WarpId, Assert.Single(_map.Map.Warps.Due()).WarpId);
    }

    [Fact]
    public void Stale_drops_the_avatar()
    {
        var order = WalkIn();
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpStale()));
        _map.Step();
        Assert.Equal(new Fence(1, 1), Assert.Single(_gateway.Told<TakenAway>(_entity)).Owner);
        Assert.Equal((0, 0), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void Without_an_outcome_the_same_warp_is_asked_for_again_each_half_second_and_the_avatar_stays_frozen()
    {
        var order = WalkIn();
        for (var i = 0; i < 5; i++)
        {
            _map.Post(() => _map.Map.Warps.Answered(order, new WarpUnknown()));
            _map.Step(9);
            Assert.Empty(_map.Map.Warps.Due());
            _map.Step();
            Assert.Equal(order with { MayBeWritten = true }, Assert.Single(_map.Map.Warps.Due()));
        }
        _map.Claim(_gateway, _entity, 19, 21);
        _map.Step(5);
        Assert.Equal(20.1f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void While_the_store_is_away_the_player_walks_on_and_hears_why()
    {
        var order = WalkIn();
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpUntried(StoreIsAway)));
        _map.Claim(_gateway, _entity, 19.5, 21);
        _map.Step();
        Assert.Equal(StoreIsAway, Assert.Single(_gateway.Told<WarpFailed>(_entity)).Why);
        Assert.Equal(19.5f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void A_warp_that_may_have_been_written_waits_for_the_store_as_long_as_its_grain_answers()
    {
        var order = WalkIn();
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpUnknown()));
        for (var second = 0; second < 60; second++)
        {
            _map.Step(TimeSpan.FromSeconds(1));
            Assert.Equal(order with { MayBeWritten = true }, Assert.Single(_map.Map.Warps.Due()));
            _map.Post(() => _map.Map.Warps.Answered(order, new WarpUntried(StoreIsAway)));
        }
        Assert.Empty(_gateway.Told<WarpFailed>(_entity));
        Assert.Empty(_gateway.Told<TakenAway>(_entity));
        _map.Step(TimeSpan.FromSeconds(11));
        Assert.Equal(RefusalCode.RetryLater, Assert.Single(_gateway.Told<TakenAway>(_entity)).Why.Code);
    }

    [Fact]
    public void Who_got_through_after_a_long_wait_is_not_told_to_come_back()
    {
        var order = WalkIn();
        _map.Step(TimeSpan.FromSeconds(9.7));
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpMoved(new(_admission.Character, order.Destination, default, MapAddress.Unknown))));
        _map.Step(TimeSpan.FromSeconds(2));
        Assert.Single(_gateway.Told<MovedAway>(_entity));
        Assert.Empty(_gateway.Told<TakenAway>(_entity));
    }

    [Fact]
    public void After_ten_seconds_the_client_is_told_to_select_again_and_the_asking_goes_on()
    {
        var order = WalkIn();
        _map.Step(TimeSpan.FromSeconds(9.7));
        Assert.Empty(_gateway.Told<TakenAway>(_entity));
        _map.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(RefusalCode.RetryLater, Assert.Single(_gateway.Told<TakenAway>(_entity)).Why.Code);
        Assert.Equal(1, _map.Map.Users);
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpDenied(Refusal.For(RefusalCode.MapIsFull))));
        _map.Step();
        Assert.Equal((0, 1), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void A_player_who_leaves_on_the_way_stays_until_it_is_known_where_it_is()
    {
        var order = WalkIn();
        _map.Map.Leave(_admission.Character, _admission.Owner, LeaveKind.Left, _map.Now);
        _map.Step(TimeSpan.FromSeconds(8));
        Assert.Equal(1, _map.Map.Users);
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpMoved(new(_admission.Character, order.Destination, default, MapAddress.Unknown))));
        Assert.Equal((0, 0), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void An_answer_for_an_earlier_owner_changes_nothing()
    {
        var order = WalkIn();
        var again = _admission with { Owner = new Fence(1, 2) };
        Assert.Equal(_entity, _map.Spawn(_gateway, again, connection: 2));
        _map.Post(() => _map.Map.Warps.Answered(order, new WarpStale()));
        _map.Claim(_gateway, _entity, 20.5, 21, again.Owner);
        _map.Step();
        Assert.Equal(20.5f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void A_map_that_does_not_exist_is_told_at_once()
    {
        var entity = _map.Spawn(_gateway, SteppedMap.Admission("Bob", SteppedMap.At(29.9f, 31)), connection: 2);
        _map.Step(5);
        _map.Claim(_gateway, entity, 30.1, 31);
        _map.Step();
        Assert.Equal(RefusalCode.MapNotFound, Assert.Single(_gateway.Told<WarpFailed>(entity)).Why.Code);
        _map.Claim(_gateway, entity, 30.5, 31);
        _map.Step();
        Assert.Equal(30.5f, _gateway.PlaceOf(entity).X);
    }

    [Fact]
    public void A_warp_inside_the_map_is_one_step_and_ignores_moves_that_were_under_way()
    {
        var entity = _map.Spawn(_gateway, SteppedMap.Admission("Bob", SteppedMap.At(39.9f, 41)), connection: 2);
        _map.Step(5);
        var sequence = _map.Claim(_gateway, entity, 40.1, 41);
        _map.Step();
        var relocated = Assert.Single(_gateway.Told<Relocated>(entity));
        Assert.Equal((sequence, new Position(60, 0, 61)), (relocated.InputSequence, relocated.Pose.Position));
        Assert.Equal(new Position(60, 0, 61), _gateway.PlaceOf(entity));
        _map.Claim(_gateway, entity, 40.4, 41);
        _map.Step();
        Assert.Empty(_gateway.Told<StepRefused>(entity));
        Assert.Equal(new Position(60, 0, 61), _gateway.PlaceOf(entity));
    }

    [Fact]
    public void Who_arrives_inside_a_warp_is_not_sent_away_again()
    {
        var entity = _map.Spawn(_gateway, SteppedMap.Admission("Bob", SteppedMap.At(79.9f, 81)), connection: 2);
        _map.Step(5);
        _map.Claim(_gateway, entity, 80.1, 81);
        _map.Step(20);
        Assert.Single(_gateway.Told<Relocated>(entity));
        Assert.Equal(81f, _gateway.PlaceOf(entity).X);
    }

    private static Refusal StoreIsAway => Refusal.For(RefusalCode.ServiceNotAvailable, TimeSpan.FromSeconds(1));

    private void Go(double x, double z)
    {
        _map.Claim(_gateway, _entity, x, z);
        _map.Step(5);
    }

    private WarpOrder WalkIn()
    {
        Go(20.1, 21);
        return Assert.Single(_map.Map.Warps.Due());
    }
}
