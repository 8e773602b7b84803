using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;

namespace MmoOrleans.Grains.Tests.Maps;

public class Leaving
{
    private readonly SteppedMap _map = new();
    private readonly SteppedGateway _gateway;
    private readonly Admission _ann = SteppedMap.Admission("Ann", SteppedMap.At(10, 10));
    private readonly int _entity;

    public Leaving()
    {
        _gateway = _map.Join();
        _entity = _map.Spawn(_gateway, _ann);
        _map.Step(5);
    }

    [Fact]
    public void On_purpose_is_saved_and_gone_at_once()
    {
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Left, _map.Now);
        _map.Step();
        Assert.Empty(_gateway.Replica);
        Assert.Equal(SteppedMap.At(10, 10), Assert.Single(_map.Map.Saves.Images).Pose);
    }

    [Fact]
    public void Of_an_earlier_owner_says_nothing()
    {
        _map.Map.Leave(_ann.Character, new Fence(1, 0), LeaveKind.Left, _map.Now);
        Assert.Equal(1, _map.Map.Users);
    }

    [Fact]
    public void A_lost_player_stays_for_its_grace_and_is_saved_then()
    {
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Lost, _map.Now);
        _map.Step(TimeSpan.FromSeconds(4.9));
        Assert.Single(_gateway.Replica);
        _map.Step(2);
        Assert.Empty(_gateway.Replica);
        Assert.Equal(1, _map.Map.Saves.Count);
    }

    [Fact]
    public void A_lost_player_is_resumed_in_its_place()
    {
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Lost, _map.Now);
        _map.Step(50);
        var again = _ann with { Owner = new Fence(1, 2) };
        Assert.Equal(_entity, _map.Spawn(_gateway, again, connection: 2));
        _map.Step(TimeSpan.FromSeconds(10));
        Assert.Single(_gateway.Replica);
        Assert.Empty(_gateway.Told<TakenAway>(_entity));
        _map.Claim(_gateway, _entity, 10.5, 10, again.Owner);
        _map.Step();
        Assert.Equal(10.5f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void A_silent_gateway_is_dropped_and_its_players_linger()
    {
        var other = _map.Join();
        _gateway.IsSilent = true;
        _map.Step(TimeSpan.FromSeconds(3));
        Assert.Equal(2, _map.Map.Feeds.Count);
        _map.Step(2);
        Assert.Equal(1, _map.Map.Feeds.Count);
        Assert.Equal(FeedStatus.NotJoined, _map.Map.Push(_gateway.Batch(), _map.Now).Status);
        Assert.Single(other.Replica);
        _map.Step(TimeSpan.FromSeconds(5));
        Assert.Empty(other.Replica);
    }

    [Fact]
    public void Eviction_gives_the_last_image_tells_the_client_and_saves_nothing()
    {
        var evicted = _map.Map.Evict(_ann.Character, new Fence(1, 2), Refusal.For(RefusalCode.KickedFromServer), _map.Now);
        Assert.True(evicted!.WasPresent);
        Assert.Equal(SteppedMap.At(10, 10), evicted.Image.Pose);
        _map.Step();
        Assert.Equal(RefusalCode.KickedFromServer, Assert.Single(_gateway.Told<TakenAway>(_entity)).Why.Code);
        Assert.Equal((0, 0), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void An_eviction_by_the_owner_itself_or_a_lower_one_is_none()
    {
        Assert.Null(_map.Map.Evict(_ann.Character, _ann.Owner, Refusal.For(RefusalCode.KickedFromServer), _map.Now));
        Assert.Equal(1, _map.Map.Users);
    }

    [Fact]
    public void Who_has_left_and_is_not_saved_yet_can_still_be_called_back()
    {
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Left, _map.Now);
        var evicted = _map.Map.Evict(_ann.Character, new Fence(1, 2), Refusal.For(RefusalCode.KickedFromServer), _map.Now);
        Assert.False(evicted!.WasPresent);
        Assert.Equal(0, _map.Map.Saves.Count);
        Assert.Null(_map.Map.Evict(_ann.Character, new Fence(1, 3), Refusal.For(RefusalCode.KickedFromServer), _map.Now));
    }

    [Fact]
    public void A_stale_save_means_that_somebody_else_has_the_character()
    {
        Assert.True(_map.Map.World.SetData(_entity, new byte[] { 1 }));
        var image = Assert.Single(_map.Map.Saves.Due(10, _map.Now));
        _map.Post(() => _map.Map.Saved(image, SaveAnswer.Stale));
        _map.Step();
        Assert.Single(_gateway.Told<TakenAway>(_entity));
        Assert.Equal(0, _map.Map.Users);
    }

    [Fact]
    public void A_failed_save_is_tried_again_later_with_what_is_newest()
    {
        _map.Map.World.SetData(_entity, new byte[] { 1 });
        var image = Assert.Single(_map.Map.Saves.Due(10, _map.Now));
        Assert.Empty(_map.Map.Saves.Due(10, _map.Now));
        _map.Map.World.SetData(_entity, new byte[] { 2 });
        _map.Post(() => _map.Map.Saved(image, SaveAnswer.Failed));
        Assert.Empty(_map.Map.Saves.Due(10, _map.Now));
        _map.Step(10);
        Assert.Equal([2], Assert.Single(_map.Map.Saves.Due(10, _map.Now)).Data.ToArray());
    }

    [Fact]
    public void What_changed_while_a_save_was_under_way_goes_again()
    {
        _map.Map.World.SetData(_entity, new byte[] { 1 });
        var image = Assert.Single(_map.Map.Saves.Due(10, _map.Now));
        _map.Map.World.SetData(_entity, new byte[] { 2 });
        _map.Post(() => _map.Map.Saved(image, SaveAnswer.Saved));
        var next = Assert.Single(_map.Map.Saves.Due(10, _map.Now));
        _map.Post(() => _map.Map.Saved(next, SaveAnswer.Saved));
        Assert.Equal(0, _map.Map.Saves.Count);
    }

    [Fact]
    public void A_draining_map_freezes_saves_everybody_and_lets_nobody_in()
    {
        _map.Map.Drain(_map.Now, thenMoves: false);
        Assert.Equal(_ann.Character, Assert.Single(_map.Map.Saves.Images).Character);
        _map.Claim(_gateway, _entity, 10.5, 10);
        _map.Step(5);
        Assert.Equal(10f, _gateway.PlaceOf(_entity).X);
        Assert.Equal(RefusalCode.ServerClose, Assert.IsType<Denied<MapWelcome>>(_map.Enter(_gateway, SteppedMap.Admission("Bob"))).Why.Code);
        Assert.Equal(FeedStatus.Closed, _map.Map.Join(new FeedJoin(GatewayId.New(), _gateway, Fence.None, []), _map.Now).Answer);
    }

    [Fact]
    public void One_that_is_about_to_move_asks_for_patience_and_takes_nothing_that_would_go_with_it()
    {
        _map.Map.Drain(_map.Now, thenMoves: true);
        Assert.Equal(RefusalCode.MapServerNotReady, Assert.IsType<Denied<MapWelcome>>(_map.Enter(_gateway, SteppedMap.Admission("Bob"))).Why.Code);
        Assert.Equal(FeedStatus.NotReady, _map.Map.Join(new FeedJoin(GatewayId.New(), _gateway, Fence.None, []), _map.Now).Answer);
        var said = _map.Map.Say(new MapSay(_ann.Character, _ann.Owner, ChatLineKind.Local, "hello", ""), _map.Now);
        Assert.Equal(RefusalCode.MapServerNotReady, Assert.IsType<Spoken.Refused>(said).Why.Code);
        Assert.IsType<Spoken.Global>(_map.Map.Say(new MapSay(_ann.Character, _ann.Owner, ChatLineKind.Global, "hello", ""), _map.Now));
        Assert.IsType<Denied<Done>>(_map.Map.Send(_ann.Character, _ann.Owner, 1, default, _map.Now));
    }
}
