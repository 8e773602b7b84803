using System.Numerics;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots.Tests.Maps;

public sealed class Walking
{
    private static readonly MapVisit Field = new() { Size = new Vector3(1024, 0, 1024), MaxSpeedMetresPerSecond = 6 };
    private static readonly Vector2 Middle = new(512, 512);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static Walk WalkOf(int seed, float side, TimeSpan firstWalk) => new(Area.Of(Field, side), Middle, Field.MaxSpeedMetresPerSecond, firstWalk, new Random(seed));

    [Fact]
    public void The_area_is_around_the_middle_and_no_larger_than_the_map()
    {
        Assert.Equal(new Area(new Vector2(492), new Vector2(532)), Area.Of(Field, 40));
        Assert.Equal(new Area(new Vector2(2), new Vector2(1022)), Area.Of(Field, 5000));
        var negative = new MapVisit { Origin = new Vector3(-50, 0, 100), Size = new Vector3(20, 0, 30) };
        Assert.Equal(new Area(new Vector2(-45, 110), new Vector2(-35, 120)), Area.Of(negative, 10));
    }

    [Fact]
    public void A_bot_never_leaves_its_area_and_never_walks_too_fast()
    {
        var (walk, area) = (WalkOf(1, 40, TimeSpan.FromSeconds(60)), Area.Of(Field, 40));
        for (var step = 0; step < 5000; step++)
        {
            Assert.InRange(walk.Step(Step).Length(), 0, 0.6f);
            Assert.True(area.Contains(walk.At), $"Step {step} is at {walk.At}.");
        }
    }

    [Fact]
    public void The_first_walk_takes_no_longer_than_it_may()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var walk = WalkOf(seed, 1000, TimeSpan.FromSeconds(20));
            for (var step = 0; step <= 201; step++) walk.Step(Step);
            Assert.True(walk.IsInPlace, $"Seed {seed} is still on its way.");
        }
    }

    [Fact]
    public void A_bot_outside_its_area_walks_there_and_stays()
    {
        var area = Area.Of(Field, 40);
        var walk = new Walk(area, new Vector2(600, 512), 6, TimeSpan.FromSeconds(1), new Random(1));
        for (var step = 0; step < 200; step++) walk.Step(Step);

        Assert.True(walk.IsInPlace);
        Assert.True(area.Contains(walk.At));
    }

    [Fact]
    public void A_bot_that_is_stopped_again_and_again_counts_as_in_place()
    {
        var walk = WalkOf(1, 1000, TimeSpan.FromSeconds(60));
        for (var refusal = 0; refusal < 5; refusal++) walk.Put(Middle);

        Assert.True(walk.IsInPlace);
        Assert.Equal(Middle, walk.At);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_hundred_bots_in_a_kilometre_see_fewer_than_twenty_others_and_stay_spread(int seed)
    {
        var walks = Enumerable.Range(0, 200).Select(bot => WalkOf(seed * 1000 + bot, 1000, TimeSpan.FromSeconds(60))).ToList();
        for (var step = 0; step < 610; step++) StepAll(walks);
        Assert.InRange(VisibleMean(walks, metres: 90), 1, 20);
        for (var step = 0; step < 1200; step++) StepAll(walks);
        Assert.InRange(VisibleMean(walks, metres: 90), 1, 20);
    }

    private static void StepAll(List<Walk> walks)
    {
        foreach (var walk in walks) walk.Step(Step);
    }

    private static double VisibleMean(List<Walk> walks, float metres) =>
        walks.Average(one => walks.Count(other => other != one && Vector2.Distance(one.At, other.At) <= metres));
}
