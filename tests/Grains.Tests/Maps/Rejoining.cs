using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Tests.Maps;

public class Rejoining
{
    private readonly SteppedMap _map = new(claimed: false);
    private readonly SteppedGateway _gateway = new();

    public Rejoining() => _map.Map.Claimed(new MapClaim(2, MapCheckpoint.Empty));

    [Fact]
    public void A_gateway_brings_its_players_back_where_it_saw_them()
    {
        var entry = Entry("Ann", 30, 40);
        var entity = Join(entry);
        _map.Step();
        Assert.Equal("Ann", _gateway.NameOf(entity));
        Assert.Equal(new Position(30, 0, 40), _gateway.PlaceOf(entity));
        Assert.Equal(2 << 20, entity & ~0xFFFFF);
        Assert.Equal(9u, _gateway.Replica[entity].InputSequence);
    }

    [Fact]
    public void Its_character_is_asked_for_in_the_background_and_brings_the_rest()
    {
        var entity = Join(Entry("Ann", 30, 40));
        Assert.False(_map.Map.World.SetData(entity, new byte[] { 9 }));
        var player = Assert.Single(_map.Map.Rejoining.DueToAttach());
        Assert.Empty(_map.Map.Rejoining.DueToAttach());
        var image = new CharacterImage(player.Character, default, SteppedMap.Id, null, new byte[] { 1, 2 }, _map.Now.AddHours(1));
        _map.Map.Rejoining.Attached(player.Character, player.Owner, new AttachAnswer(SaveAnswer.Saved, image));
        Assert.Equal([1, 2], _map.Map.World.Data(entity).ToArray());
        Assert.True(_map.Map.World.SetData(entity, new byte[] { 9 }));
        Assert.False(Assert.Single(_map.Map.Saves.Images).PoseOnly);
    }

    [Fact]
    public void Who_leaves_before_that_saves_its_pose_alone()
    {
        var entry = Entry("Ann", 30, 40);
        Join(entry);
        _map.Map.Leave(entry.Character, entry.Owner, LeaveKind.Left, _map.Now);
        Assert.True(Assert.Single(_map.Map.Saves.Images).PoseOnly);
    }

    [Fact]
    public void A_character_that_somebody_else_has_is_dropped()
    {
        var entity = Join(Entry("Ann", 30, 40));
        var player = Assert.Single(_map.Map.Rejoining.DueToAttach());
        _map.Map.Rejoining.Attached(player.Character, player.Owner, new AttachAnswer(SaveAnswer.Stale));
        _map.Step();
        Assert.Single(_gateway.Told<TakenAway>(entity));
        Assert.Equal((0, 0), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void Whose_map_died_while_it_warped_gets_its_ticket()
    {
        var entity = Join(Entry("Ann", 30, 40));
        var player = Assert.Single(_map.Map.Rejoining.DueToAttach());
        var ticket = new MapTicket(player.Character, new MapId("1", "Map002"), new byte[] { 7 }, MapAddress.Unknown);
        _map.Map.Rejoining.Attached(player.Character, player.Owner, new AttachAnswer(SaveAnswer.Stale, Moved: ticket));
        _map.Step();
        Assert.Equal(ticket with { Address = SteppedMap.Learned }, Assert.Single(_gateway.Told<MovedAway>(entity)).Ticket);
        Assert.Empty(_gateway.Told<TakenAway>(entity));
        Assert.Equal((0, 0), (_map.Map.Users, _map.Map.Saves.Count));
    }

    [Fact]
    public void A_silent_character_is_asked_again()
    {
        Join(Entry("Ann", 30, 40));
        var player = Assert.Single(_map.Map.Rejoining.DueToAttach());
        _map.Map.Rejoining.Attached(player.Character, player.Owner, new AttachAnswer(SaveAnswer.Failed));
        Assert.Empty(_map.Map.Rejoining.DueToAttach());
        _map.Step(TimeSpan.FromSeconds(1));
        Assert.Single(_map.Map.Rejoining.DueToAttach());
    }

    [Fact]
    public void Of_two_gateways_with_one_character_the_higher_owner_has_it()
    {
        var (low, other) = (Entry("Ann", 30, 40), new SteppedGateway());
        var entity = Join(low);
        var high = low with { Owner = new Fence(1, 2), Connection = new ConnectionId(other.Id, 1) };
        Assert.Equal(entity, Joined(other, high)[0]);
        Assert.Equal(0, Joined(_gateway, low)[0]);
        Assert.Equal(1, _map.Map.Users);
    }

    [Fact]
    public void Sixty_four_are_asked_at_a_time()
    {
        Joined(_gateway, [.. Enumerable.Range(0, 100).Select(i => Entry($"P{i}", 30, 40, i + 1))]);
        var asked = _map.Map.Rejoining.DueToAttach();
        Assert.Equal(64, asked.Count);
        Assert.Empty(_map.Map.Rejoining.DueToAttach());
        _map.Map.Rejoining.Attached(asked[0].Character, asked[0].Owner, new AttachAnswer(SaveAnswer.Saved));
        Assert.Single(_map.Map.Rejoining.DueToAttach());
    }

    [Fact]
    public void Players_that_the_gateway_no_longer_has_start_their_grace()
    {
        var (ann, bob) = (Entry("Ann", 30, 40), Entry("Bob", 31, 40, 2));
        Joined(_gateway, ann, bob);
        _map.Join(_gateway, ann);
        _map.Step(TimeSpan.FromSeconds(5.1));
        Assert.Single(_gateway.Replica);
    }

    [Fact]
    public void Event_numbers_go_on_when_a_gateway_joins_again()
    {
        var ann = Entry("Ann", 30, 40);
        var entity = Join(ann);
        _map.Step();
        _map.Map.World.Send(entity, 1, default);
        _map.Step();
        _map.Join(_gateway, ann);
        _map.Map.World.Send(entity, 2, default);
        _map.Step();
        Assert.Equal([1, 2], _gateway.Told<GameSent>(entity).Select(sent => sent.Kind));
    }

    [Fact]
    public void Who_walked_on_while_the_map_moved_is_taken_where_it_got_to_with_its_first_move()
    {
        _map.Map.GoOnFrom(new Fence(1, 0), _map.Now - TimeSpan.FromSeconds(1));
        var ann = Entry("Ann", 30, 40);
        var entity = Join(ann);
        Join(ann); // Its gateway may come twice before the first move does.
        var way = _map.Options.MaxSpeedMetersPerSecond;

        Claim(entity, 10, 30 + way);
        _map.Step();
        Assert.Equal((30 + way, 10u), (_gateway.PlaceOf(entity).X, _gateway.Replica[entity].InputSequence));

        Claim(entity, 11, 30 + (2 * way));
        _map.Step();
        Assert.InRange(_gateway.PlaceOf(entity).X, 30 + way, 30 + way + 1.5f);
    }

    [Fact]
    public void Who_claims_far_ahead_again_and_again_is_granted_the_way_of_the_move_once()
    {
        _map.Map.GoOnFrom(new Fence(1, 0), _map.Now - TimeSpan.FromSeconds(1));
        var entity = Join(Entry("Ann", 30, 40));
        _map.Step();
        var speed = _map.Options.MaxSpeedMetersPerSecond;

        for (uint sequence = 10; sequence < 30; sequence++)
        {
            Claim(entity, sequence, _gateway.PlaceOf(entity).X + (1.9f * speed));
            _map.Step();
        }

        Assert.InRange(_gateway.PlaceOf(entity).X, 30 + speed, 30 + (2 * speed) + 1.01f);
    }

    [Fact]
    public void Who_makes_no_move_for_a_second_after_the_move_of_its_map_is_granted_no_way()
    {
        _map.Map.GoOnFrom(new Fence(1, 0), _map.Now - TimeSpan.FromSeconds(1));
        var entity = Join(Entry("Ann", 30, 40));
        _map.Step(TimeSpan.FromSeconds(1));

        Claim(entity, 10, 30 + _map.Options.MaxSpeedMetersPerSecond);
        _map.Step();

        Assert.InRange(_gateway.PlaceOf(entity).X, 30f, 31.5f);
    }

    [Theory]
    [InlineData(-60)] // The clock of the other silo was ahead.
    [InlineData(60)]
    public void Who_was_kept_by_something_else_than_the_move_is_granted_no_way(int secondsAgo)
    {
        _map.Map.GoOnFrom(new Fence(1, 0), _map.Now - TimeSpan.FromSeconds(secondsAgo));
        var entity = Join(Entry("Ann", 30, 40));

        Claim(entity, 10, 30 + _map.Options.MaxSpeedMetersPerSecond);
        _map.Step();

        Assert.InRange(_gateway.PlaceOf(entity).X, 30f, 31.5f);
    }

    private void Claim(int entity, uint sequence, float x) =>
        _map.Map.Push(_gateway.Batch(new PlayerInput(entity, sequence, (int)MathF.Round(x * 100), 0, 4000, 0, new Fence(1, 1))), _map.Now);

    private RosterEntry Entry(string name, float x, float z, long connection = 1) => new(CharacterId.New(), AccountId.New(), name, default,
        new Fence(1, 1), new ConnectionId(_gateway.Id, connection), SteppedMap.At(x, z), 9, []);

    private int Join(RosterEntry entry) => _map.Join(_gateway, entry).Entities[0];

    private int[] Joined(SteppedGateway gateway, params RosterEntry[] roster) =>
        [.. _map.Map.Join(new FeedJoin(gateway.Id, gateway, gateway.Map, [.. roster]), _map.Now).Entities];
}
