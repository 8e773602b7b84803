using CsCheck;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Grains.Tests.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps;

public class Walking
{
    private const float MetersPerStep = 0.3f;

    [Fact]
    public void A_claim_within_the_allowance_is_taken_whole()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        map.Step(10);
        map.Claim(gateway, entity, 10.5, 10.5);
        map.Step();
        Assert.Equal(new Position(10.5f, 0, 10.5f), gateway.PlaceOf(entity));
        Assert.Equal(7, gateway.Replica[entity].Heading);
        Assert.Equal(1u, gateway.Replica[entity].InputSequence);
        Assert.Empty(gateway.Events);
    }

    [Fact]
    public void A_hiccup_of_the_network_heals_without_a_correction()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        map.Step(10);
        map.Claim(gateway, entity, 15, 10);
        map.Step();
        Assert.InRange(gateway.PlaceOf(entity).X, 10.5f, 11f);
        Assert.Equal(0u, gateway.Replica[entity].InputSequence);
        map.Step(15);
        Assert.Equal(15f, gateway.PlaceOf(entity).X);
        Assert.Equal(1u, gateway.Replica[entity].InputSequence);
        Assert.Empty(gateway.Events);
    }

    [Fact]
    public void A_claim_that_no_hiccup_explains_is_refused()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        map.Step(10);
        var sequence = map.Claim(gateway, entity, 17.1, 10);
        map.Step();
        var refused = Assert.Single(gateway.Told<StepRefused>(entity));
        Assert.Equal((sequence, RefusalCode.MoveTooFast), (refused.InputSequence, refused.Code));
        Assert.Equal(10f, gateway.PlaceOf(entity).X);
    }

    [Fact]
    public void Who_walks_at_full_speed_keeps_its_pace_on_a_map_that_is_late_and_is_not_corrected()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        for (var walked = 1; walked <= 40; walked++)
        {
            map.Claim(gateway, entity, 10 + (walked * 4 * MetersPerStep), 10);
            map.StepLate(skipped: 3);
        }
        Assert.Equal(10 + (160 * MetersPerStep), gateway.PlaceOf(entity).X, 0.01f);
        Assert.Empty(gateway.Events);
    }

    [Fact]
    public void Nobody_gets_farther_on_a_map_that_is_late_than_its_time_allows()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        for (var walked = 1; walked <= 20; walked++)
        {
            map.Claim(gateway, entity, 10 + (walked * 5 * MetersPerStep), 10);
            map.StepLate(skipped: 3);
        }
        Assert.InRange(gateway.PlaceOf(entity).X, 10f, 10 + (80 * MetersPerStep) + 1);
    }

    [Fact]
    public void A_clock_that_is_set_forward_is_no_walk()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 10, 10);
        map.Step(10);
        map.Claim(gateway, entity, 90, 10);
        map.StepLate(skipped: 20 * 60);
        map.Step();
        Assert.Equal(10f, gateway.PlaceOf(entity).X);
    }

    [Fact]
    public void A_wall_stops_a_walker_at_the_last_free_place()
    {
        var map = new SteppedMap(DrawnMap.Of("....#...", "....#...", "....#..."));
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 3.5f, 1.5f);
        map.Step(10);
        map.Claim(gateway, entity, 4.4, 1.5);
        map.Step();
        Assert.Equal(3.99f, gateway.PlaceOf(entity).X, 0.001f);
        var refused = Assert.Single(gateway.Told<StepRefused>(entity));
        Assert.Equal(RefusalCode.MoveBlocked, refused.Code);
        Assert.Equal(gateway.PlaceOf(entity), refused.Pose.Position);
    }

    [Fact]
    public void A_thin_wall_in_the_middle_of_a_long_claim_is_not_jumped()
    {
        var map = new SteppedMap(DrawnMap.Of("....#....", "....#....", "....#...."));
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 2.5f, 1.5f);
        map.Step(10);
        map.Claim(gateway, entity, 6.5, 1.5);
        map.Step(40);
        Assert.InRange(gateway.PlaceOf(entity).X, 3.9f, 4f);
        Assert.Equal(RefusalCode.MoveBlocked, Assert.Single(gateway.Told<StepRefused>(entity)).Code);
    }

    [Fact]
    public void Nobody_flies()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        for (var height = 0.5; height <= 5; height += 0.5)
        {
            map.Step(10);
            map.Claim(gateway, entity, 50, 50, y: height);
        }
        map.Step();
        Assert.Equal(RefusalCode.MoveOutOfBounds, gateway.Told<StepRefused>(entity).Last().Code);
        Assert.InRange(gateway.PlaceOf(entity).Y, 2.5f, 3f);
    }

    [Fact]
    public void The_edge_of_the_map_is_told_as_such()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 0.5f, 50);
        map.Step(10);
        map.Claim(gateway, entity, -0.3, 50);
        map.Step();
        Assert.Equal(RefusalCode.MoveOutOfBounds, Assert.Single(gateway.Told<StepRefused>(entity)).Code);
        Assert.Equal(0.01f, gateway.PlaceOf(entity).X, 0.001f);
    }

    [Theory]
    [InlineData(int.MaxValue, 0)]
    [InlineData(int.MinValue, int.MinValue)]
    public void What_is_no_place_is_refused_as_such(int x, int z)
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        map.Map.Push(gateway.Batch(new PlayerInput(entity, 1, x, 0, z, 0, new Fence(1, 1))), map.Now);
        map.Step();
        Assert.Equal(RefusalCode.MoveInvalid, Assert.Single(gateway.Told<StepRefused>(entity)).Code);
        Assert.Equal(new Position(50, 0, 50), gateway.PlaceOf(entity));
    }

    [Fact]
    public void Climbing_is_as_fast_as_walking()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        map.Step(10);
        map.Claim(gateway, entity, 50, 50, y: 5);
        map.Step();
        Assert.InRange(gateway.PlaceOf(entity).Y, 0.5f, 1f);
    }

    [Fact]
    public void Moves_under_way_when_one_is_refused_bring_one_correction_more_at_most()
    {
        var map = new SteppedMap(DrawnMap.Of("....#...", "....#...", "....#..."));
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 3.5f, 1.5f);
        map.Step(10);
        uint last = 0;
        for (var move = 0; move < 4; move++)
        {
            last = map.Claim(gateway, entity, 4.2 + (0.1 * move), 1.5);
            map.Step();
        }
        Assert.Single(gateway.Told<StepRefused>(entity));
        map.Step(4);
        Assert.Equal(2, gateway.Told<StepRefused>(entity).Count());
        Assert.Equal(last, gateway.Told<StepRefused>(entity).Last().InputSequence);
    }

    [Fact]
    public void A_good_move_after_a_refused_one_makes_further_corrections_unnecessary()
    {
        var map = new SteppedMap(DrawnMap.Of("....#...", "....#...", "....#..."));
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 3.5f, 1.5f);
        map.Step(10);
        map.Claim(gateway, entity, 4.2, 1.5);
        map.Step();
        map.Claim(gateway, entity, 4.3, 1.5);
        map.Step();
        map.Claim(gateway, entity, 3.8, 1.5);
        map.Step(10);
        Assert.Single(gateway.Told<StepRefused>(entity));
        Assert.Equal(3.8f, gateway.PlaceOf(entity).X, 0.001f);
    }

    [Fact]
    public void Inputs_up_to_the_refused_one_are_ignored()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        map.Step(10);
        map.Map.Push(gateway.Batch(new PlayerInput(entity, 5, 9900, 0, 9900, 0, new Fence(1, 1))), map.Now);
        map.Step();
        map.Map.Push(gateway.Batch(new PlayerInput(entity, 5, 5050, 0, 5000, 0, new Fence(1, 1))), map.Now);
        map.Step();
        Assert.Equal(50f, gateway.PlaceOf(entity).X);
        map.Map.Push(gateway.Batch(new PlayerInput(entity, 6, 5050, 0, 5000, 0, new Fence(1, 1))), map.Now);
        map.Step();
        Assert.Equal(50.5f, gateway.PlaceOf(entity).X);
    }

    [Fact]
    public void Inputs_of_an_earlier_owner_or_another_gateway_are_ignored()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var other = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        map.Step(10);
        map.Claim(gateway, entity, 50.5, 50, owner: new Fence(1, 0));
        map.Claim(other, entity, 50.5, 50);
        map.Step();
        Assert.Equal(50f, gateway.PlaceOf(entity).X);
    }

    [Fact]
    public void Ten_moves_a_second_at_nearly_top_speed_bring_no_correction_however_they_bunch()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 1, 50);
        map.Step(10);
        var at = 1.0;
        for (var move = 0; move < 101; move++)
        {
            at += 0.57;
            // Every third move comes late and together with the next.
            if (move % 3 != 0)
                map.Claim(gateway, entity, at, 50);
            map.Step(2);
        }
        map.Step(10);
        Assert.Empty(gateway.Events);
        Assert.Equal(at, gateway.PlaceOf(entity).X, 0.01);
    }

    [Fact]
    public void Nobody_gains_more_than_speed_times_time_and_a_metre()
    {
        var moves = Gen.Select(Gen.Double[-8, 8], Gen.Double[-8, 8], Gen.Int[0, 6]).List[1, 60];
        moves.Sample(list =>
        {
            var map = new SteppedMap();
            var gateway = map.Join();
            var entity = map.Spawn(gateway, 50, 50);
            var trail = new List<Position> { new(50, 0, 50) };
            foreach (var (dx, dz, steps) in list)
            {
                map.Claim(gateway, entity, trail[^1].X + dx, trail[^1].Z + dz);
                for (var i = 0; i < steps; i++)
                {
                    map.Step();
                    trail.Add(gateway.PlaceOf(entity));
                }
            }
            for (var from = 0; from < trail.Count; from++)
                for (var to = from + 1; to < trail.Count; to++)
                    if (trail[from].GroundDistanceTo(trail[to]) > 1.001f + (MetersPerStep * (to - from - 1)))
                        return false;
            return true;
        }, iter: 60);
    }

    [Fact]
    public void A_system_may_forbid_a_step()
    {
        var map = new SteppedMap(systems: new ClosedDoor());
        var gateway = map.Join();
        var entity = map.Spawn(gateway, 50, 50);
        map.Step(10);
        map.Claim(gateway, entity, 50.5, 50);
        map.Step();
        Assert.Equal(50f, gateway.PlaceOf(entity).X);
        Assert.Equal(RefusalCode.MoveBlocked, Assert.Single(gateway.Told<StepRefused>(entity)).Code);
    }

    private sealed class ClosedDoor : IMapSystem
    {
        public bool AllowMove(IMapWorld world, int player, Position from, Position to) => false;
    }
}
