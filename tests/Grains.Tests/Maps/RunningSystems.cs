using System.Text;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Saving;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Tests.Maps;

public class RunningSystems
{
    private readonly Shop _shop = new();
    private readonly SteppedMap _map;
    private readonly SteppedGateway _gateway;
    private readonly Admission _ann = SteppedMap.Admission("Ann", SteppedMap.At(50, 50));
    private readonly int _entity;

    public RunningSystems()
    {
        _map = new SteppedMap(systems: [new Thrower(), _shop]);
        _gateway = _map.Join();
        _entity = _map.Spawn(_gateway, _ann);
    }

    private IMapWorld World => _map.Map.World;

    [Fact]
    public void A_system_hears_who_enters_leaves_and_what_they_send()
    {
        Assert.Equal(Answer.Done, _map.Map.Send(_ann.Character, _ann.Owner, 7, "buy"u8.ToArray(), _map.Now));
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Left, _map.Now);
        Assert.Equal([$"entered {_entity}", $"{_entity} 7 buy", $"left {_entity}"], _shop.Happened);
    }

    [Fact]
    public void A_message_that_no_system_takes_is_refused()
    {
        var refused = Assert.IsType<Denied<Done>>(_map.Map.Send(_ann.Character, _ann.Owner, 8, default, _map.Now));
        Assert.Equal(RefusalCode.GameMessageRefused, refused.Why.Code);
        Assert.IsType<Denied<Done>>(_map.Map.Send(_ann.Character, _ann.Owner, 7, new byte[4097], _map.Now));
        Assert.IsType<Denied<Done>>(_map.Map.Send(_ann.Character, new Fence(1, 0), 7, default, _map.Now));
    }

    [Fact]
    public void What_one_system_throws_costs_the_others_nothing()
    {
        _map.Step(5);
        Assert.Equal(5, _shop.Steps);
        _map.Claim(_gateway, _entity, 50.5, 50);
        _map.Step();
        Assert.Equal(50.5f, _gateway.PlaceOf(_entity).X);
    }

    [Fact]
    public void Spawned_entities_are_seen_changed_moved_and_gone()
    {
        var npc = World.Spawn(new EntitySpawn(EntityType.Npc, 12, "Goblin", SteppedMap.At(40, 40), "hp=9"u8.ToArray()));
        _map.Step();
        Assert.Equal("Goblin", _gateway.NameOf(npc));
        Assert.True(World.Move(npc, SteppedMap.At(41, 40)));
        Assert.True(World.Change(npc, "hp=1"u8.ToArray()));
        _map.Step();
        Assert.Equal(41f, _gateway.PlaceOf(npc).X);
        Assert.Equal("hp=1", Encoding.ASCII.GetString(World.Find(npc)!.Properties.Span));
        Assert.True(World.Despawn(npc));
        _map.Step();
        Assert.False(_gateway.Replica.ContainsKey(npc));
        Assert.False(World.Despawn(npc));
    }

    [Fact]
    public void What_breaks_a_rule_is_not_spawned()
    {
        Assert.Equal(0, World.Spawn(new EntitySpawn(EntityType.Player, 0, "Fake", default)));
        Assert.Equal(0, World.Spawn(new EntitySpawn(EntityType.Npc, 0, "Big", default, new byte[257])));
        Assert.Equal(0, World.Spawn(new EntitySpawn(EntityType.Npc, 0, "Nan", SteppedMap.At(float.NaN, 0))));
        Assert.False(World.Despawn(_entity));
    }

    [Fact]
    public void Near_finds_by_distance_over_the_ground()
    {
        var near = World.Spawn(new EntitySpawn(EntityType.Npc, 0, "Near", SteppedMap.At(53, 54)));
        World.Spawn(new EntitySpawn(EntityType.Npc, 0, "Far", SteppedMap.At(53, 54.1f)));
        var found = new List<int>();
        World.Near(new Position(50, 0, 50), 5, found);
        Assert.Equal([_entity, near], found.Order());
    }

    [Fact]
    public void Data_is_saved_with_the_character_at_once()
    {
        Assert.True(World.SetData(_entity, new byte[] { 1 }));
        Assert.Equal([1], Assert.Single(_map.Map.Saves.Images).Data.ToArray());
        Assert.False(World.SetData(_entity, new byte[(16 * 1024) + 1]));
    }

    [Fact]
    public void A_moved_player_is_told_and_its_moves_under_way_are_ignored()
    {
        Assert.True(World.Move(_entity, SteppedMap.At(10, 10)));
        _map.Step();
        Assert.Equal(10f, Assert.Single(_gateway.Told<Relocated>(_entity)).Pose.Position.X);
    }

    [Fact]
    public async Task Slow_work_comes_back_into_a_later_step()
    {
        var result = 0;
        Assert.True(World.Ask(_ => Task.FromResult(42), value => result = value));
        Assert.True(_map.Map.Errands.TryTake(out var errand));
        var then = await errand(TestContext.Current.CancellationToken);
        Assert.Equal(0, result);
        _map.Post(then);
        Assert.Equal(42, result);
    }

    [Fact]
    public void Slow_work_is_bounded()
    {
        for (var i = 0; i < 256; i++)
            Assert.True(World.Ask(_ => Task.FromResult(0), _ => { }));
        Assert.False(World.Ask(_ => Task.FromResult(0), _ => { }));
    }

    [Fact]
    public async Task Work_that_hangs_is_cancelled_and_given_up_after_its_deadline()
    {
        var time = new FakeTimeProvider();
        var (isLate, isCancelled) = (false, new TaskCompletionSource());
        var running = Errands.Run(
            stopping =>
            {
                stopping.Register(isCancelled.SetResult);
                return new TaskCompletionSource<Action>().Task;
            },
            () => isLate = true, time, TestContext.Current.CancellationToken);
        time.Advance(Errands.Deadline);
        (await running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken))();
        Assert.True(isLate);
        Assert.True(isCancelled.Task.IsCompleted);
    }

    [Fact]
    public void What_a_system_keeps_is_there_after_a_restart()
    {
        _shop.Stock = 17;
        var checkpoint = _map.Map.Checkpoints.Take();
        var shop = new Shop();
        var map = new SteppedMap(claimed: false, systems: shop);
        map.Map.Claimed(new MapClaim(2, checkpoint));
        Assert.Equal(17, shop.Stock);
        Assert.Equal(_ann.Character, Assert.Single(CheckpointCodec.Unpack(checkpoint.Positions)).Character);
    }

    private sealed class Shop : IMapSystem
    {
        public List<string> Happened { get; } = [];

        public int Steps { get; private set; }

        public byte Stock { get; set; }

        public void Load(IMapWorld world, ReadOnlyMemory<byte> state) => Stock = state.IsEmpty ? (byte)0 : state.Span[0];

        public ReadOnlyMemory<byte> Save() => new byte[] { Stock };

        public void Entered(IMapWorld world, int player) => Happened.Add($"entered {player}");

        public void Left(IMapWorld world, int player) => Happened.Add($"left {player}");

        public bool Message(IMapWorld world, int player, int kind, ReadOnlyMemory<byte> payload)
        {
            if (kind != 7)
                return false;
            Happened.Add($"{player} {kind} {Encoding.ASCII.GetString(payload.Span)}");
            return true;
        }

        public void Step(IMapWorld world, TimeSpan step) => Steps++;
    }

    private sealed class Thrower : IMapSystem
    {
        public void Load(IMapWorld world, ReadOnlyMemory<byte> state) => throw new InvalidOperationException("load");

        public ReadOnlyMemory<byte> Save() => throw new InvalidOperationException("save");

        public void Entered(IMapWorld world, int player) => throw new InvalidOperationException("entered");

        public void Left(IMapWorld world, int player) => throw new InvalidOperationException("left");

        public bool Message(IMapWorld world, int player, int kind, ReadOnlyMemory<byte> payload) => throw new InvalidOperationException("message");

        public bool AllowMove(IMapWorld world, int player, Position from, Position to) => throw new InvalidOperationException("move");

        public void Step(IMapWorld world, TimeSpan step) => throw new InvalidOperationException("step");
    }
}
