using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Saving;

namespace MmoOrleans.Grains.Tests.Maps;

public class Entering
{
    private readonly SteppedMap _map = new(configure: options => options.Capacity = 3);
    private readonly SteppedGateway _gateway;

    public Entering() => _gateway = _map.Join();

    [Fact]
    public void A_player_is_seen_once_its_client_is_ready()
    {
        var ann = SteppedMap.Admission("Ann", SteppedMap.At(3, 4));
        var welcome = Granted(_map.Enter(_gateway, ann));
        _map.Step();
        Assert.Empty(_gateway.Replica);
        Assert.IsType<Granted<long>>(_map.Map.Ready(ann.Character, ann.Owner, _map.Now));
        _map.Step();
        Assert.Equal("Ann", _gateway.NameOf(welcome.Entity));
        Assert.Equal(new Position(3, 0, 4), _gateway.PlaceOf(welcome.Entity));
    }

    [Fact]
    public void The_welcome_tells_rules_and_shape()
    {
        var welcome = Granted(_map.Enter(_gateway, SteppedMap.Admission("Ann")));
        Assert.Equal(new MapRules(20, 80, 6), welcome.Rules);
        Assert.Equal((100f, 100f), (welcome.Shape.Width, welcome.Shape.Length));
        Assert.Equal(TimeSpan.FromSeconds(5), welcome.Grace);
        Assert.Equal(new Fence(1, 0), welcome.Map);
    }

    [Fact]
    public void Before_the_checkpoint_is_there_the_map_says_when_to_come_again()
    {
        var map = new SteppedMap(claimed: false);
        var answer = map.Enter(new SteppedGateway(), SteppedMap.Admission("Ann"));
        Assert.True(map.Map.WantsClaim);
        Assert.Equal(Refusal.For(RefusalCode.MapServerNotReady, TimeSpan.FromMilliseconds(50)), Refused(answer));
    }

    [Fact]
    public void A_gateway_that_has_not_joined_brings_nobody() =>
        Assert.Equal(RefusalCode.AppNotReady, Refused(_map.Enter(new SteppedGateway(), SteppedMap.Admission("Ann"))).Code);

    [Fact]
    public void A_higher_owner_takes_over_in_place_and_the_earlier_client_is_told()
    {
        var ann = SteppedMap.Admission("Ann", SteppedMap.At(10, 10));
        var entity = _map.Spawn(_gateway, ann);
        _map.Step(5);
        _map.Claim(_gateway, entity, 10.5, 10);
        _map.Step();
        var again = ann with { Owner = new Fence(1, 2) };
        var welcome = Granted(_map.Enter(_gateway, again, connection: 2));
        Assert.Equal((entity, new Position(10.5f, 0, 10)), (welcome.Entity, welcome.Pose.Position));
        _map.Step();
        Assert.Equal((ann.Owner, RefusalCode.AccountLoggedInByOther), Assert.Single(_gateway.Told<TakenAway>(entity)) is var taken ? (taken.Owner, taken.Why.Code) : default);
        Assert.Equal(1, _map.Map.Users);
    }

    [Fact]
    public void A_lower_owner_is_refused() =>
        Assert.Equal(RefusalCode.TicketExpired, Refused(EnterTwice(new Fence(1, 5), new Fence(1, 4))).Code);

    [Fact]
    public void The_same_entry_again_is_answered_the_same()
    {
        var ann = SteppedMap.Admission("Ann");
        var first = Granted(_map.Enter(_gateway, ann));
        Assert.Equal(first.Entity, Granted(_map.Enter(_gateway, ann)).Entity);
        Assert.Equal(1, _map.Map.Users);
    }

    [Fact]
    public void A_full_map_refuses_but_a_reserved_seat_is_kept()
    {
        var late = SteppedMap.Admission("Late");
        Assert.IsType<Granted<Done>>(_map.Map.Reserve(late.Character, TimeSpan.FromSeconds(30), _map.Now));
        _map.Spawn(_gateway, SteppedMap.Admission("A"));
        _map.Spawn(_gateway, SteppedMap.Admission("B"), connection: 2);
        Assert.Equal(RefusalCode.MapIsFull, Refused(_map.Enter(_gateway, SteppedMap.Admission("C"))).Code);
        Assert.IsType<Denied<Done>>(_map.Map.Reserve(CharacterId.New(), TimeSpan.FromSeconds(30), _map.Now));
        Granted(_map.Enter(_gateway, late));
    }

    [Fact]
    public void A_seat_that_nobody_took_in_time_is_free_again()
    {
        for (var i = 0; i < 3; i++)
            Assert.IsType<Granted<Done>>(_map.Map.Reserve(CharacterId.New(), TimeSpan.FromHours(1), _map.Now));
        Assert.Equal(RefusalCode.MapIsFull, Refused(_map.Enter(_gateway, SteppedMap.Admission("A"))).Code);
        _map.Step(TimeSpan.FromSeconds(30));
        Granted(_map.Enter(_gateway, SteppedMap.Admission("A")));
    }

    [Fact]
    public void A_rush_is_told_to_come_a_step_later()
    {
        var map = new SteppedMap(configure: options => options.EntriesPerStep = 2);
        var gateway = map.Join();
        Granted(map.Enter(gateway, SteppedMap.Admission("A")));
        Granted(map.Enter(gateway, SteppedMap.Admission("B")));
        Assert.Equal(RefusalCode.ServerBusy, Refused(map.Enter(gateway, SteppedMap.Admission("C"))).Code);
        map.Step();
        Granted(map.Enter(gateway, SteppedMap.Admission("C")));
    }

    [Fact]
    public void A_rush_is_told_times_at_which_there_is_room_for_each()
    {
        var map = new SteppedMap(configure: options => options.EntriesPerStep = 2);
        var gateway = map.Join();
        Granted(map.Enter(gateway, SteppedMap.Admission("A")));
        Granted(map.Enter(gateway, SteppedMap.Admission("B")));
        var told = Enumerable.Range(0, 60).Select(_ => Refused(map.Enter(gateway, SteppedMap.Admission("C"))).RetryAfter!.Value / SteppedMap.StepTime).ToList();
        Assert.Equal([1, 1, 2, 2, 3, 3], told[..6]);
        Assert.Equal(20, told[^1]);
        for (var step = 0; step < 29; step++)
            map.Step();
        for (var newcomer = 0; newcomer < 2; newcomer++)
            Granted(map.Enter(gateway, SteppedMap.Admission($"D{newcomer}")));
        Assert.Equal(2 * SteppedMap.StepTime, Refused(map.Enter(gateway, SteppedMap.Admission("E"))).RetryAfter);
    }

    [Fact]
    public void A_client_that_never_gets_ready_loses_its_place()
    {
        var ann = SteppedMap.Admission("Ann");
        var entity = Granted(_map.Enter(_gateway, ann)).Entity;
        _map.Step(TimeSpan.FromSeconds(60));
        Assert.Equal(RefusalCode.IdleTimeout, Assert.Single(_gateway.Told<TakenAway>(entity)).Why.Code);
        Assert.Equal(0, _map.Map.Users);
    }

    [Fact]
    public void A_pose_of_another_map_means_the_start() =>
        Assert.Equal(new Position(0.5f, 0, 0.5f), Granted(_map.Enter(_gateway,
            SteppedMap.Admission("Ann", SteppedMap.At(50, 50), map: new MapId("1", "Map002")))).Pose.Position);

    [Fact]
    public void The_newest_of_record_and_checkpoint_decides_the_place()
    {
        var (behind, ahead) = (CharacterId.New(), CharacterId.New());
        var map = new SteppedMap(claimed: false);
        map.Map.Claimed(new MapClaim(2, new MapCheckpoint(9, CheckpointCodec.Pack([Entry(behind, 5), Entry(ahead, 5)]), default)));
        var gateway = map.Join();
        Assert.Equal(30f, Granted(map.Enter(gateway, With(behind, tick: 4))).Pose.Position.X);
        Assert.Equal(10f, Granted(map.Enter(gateway, With(ahead, tick: 6), connection: 2)).Pose.Position.X);
    }

    [Fact]
    public void Somebody_who_comes_back_before_it_was_saved_has_lost_nothing()
    {
        var ann = SteppedMap.Admission("Ann", SteppedMap.At(10, 10));
        var entity = _map.Spawn(_gateway, ann);
        Assert.True(_map.Map.World.SetData(entity, new byte[] { 1, 2 }));
        _map.Map.Leave(ann.Character, ann.Owner, LeaveKind.Left, _map.Now);
        var again = ann with { Owner = new Fence(1, 2), Image = ann.Image with { Pose = SteppedMap.At(1, 1) } };
        var welcome = Granted(_map.Enter(_gateway, again));
        Assert.Equal(10f, welcome.Pose.Position.X);
        Assert.Equal([1, 2], _map.Map.World.Data(welcome.Entity).ToArray());
        Assert.Equal(again.Owner, Assert.Single(_map.Map.Saves.Images).Stamp.Owner);
    }

    private static MapWelcome Granted(Answer<MapWelcome> answer) => Assert.IsType<Granted<MapWelcome>>(answer).Value;

    private static Refusal Refused(Answer<MapWelcome> answer) => Assert.IsType<Denied<MapWelcome>>(answer).Why;

    private static CheckpointEntry Entry(CharacterId character, long tick) =>
        new(character, new Stamp(new Fence(1, 1), new Fence(1, 0), tick), new(3000, 0, 3000), 0);

    private static Admission With(CharacterId character, long tick)
    {
        var admission = SteppedMap.Admission("Ann", SteppedMap.At(10, 10), new Fence(2, 1), character);
        return admission with { Image = admission.Image with { Stamp = new Stamp(new Fence(1, 1), new Fence(1, 0), tick) } };
    }

    private Answer<MapWelcome> EnterTwice(Fence first, Fence second)
    {
        var ann = SteppedMap.Admission("Ann", owner: first);
        Granted(_map.Enter(_gateway, ann));
        return _map.Enter(_gateway, ann with { Owner = second }, connection: 2);
    }
}
