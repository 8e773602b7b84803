using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Spawning;

namespace MmoOrleans.Grains.Tests.Spawning;

public class BackingOff
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DesiredMap _map = new(new MapId("1", "A"));

    [Fact]
    public void Each_failure_doubles_the_wait_until_the_budget_is_spent()
    {
        var waits = new List<double>();
        for (var i = 0; i < DesiredMap.FailureBudget + 1; i++)
            waits.Add(Fail());

        Assert.Equal([1, 2, 4, 8, 60, 60], waits);
        Assert.Equal(SpawnStatus.GivenUp, _map.Status);
    }

    [Fact]
    public void It_is_tried_again_when_its_time_has_come_and_not_before()
    {
        Fail();

        Assert.False(_map.IsDue(Noon.AddSeconds(0.9)));
        Assert.True(_map.IsDue(Noon.AddSeconds(1)));
    }

    [Fact]
    public void The_state_says_what_went_wrong_and_when_it_is_tried_next()
    {
        Fail();
        Assert.Equal(new SpawnedMap("1/A", SpawnStatus.BackingOff, 1, Noon.AddSeconds(1), "broken"), _map.State());
    }

    [Fact]
    public void A_map_that_dies_soon_after_each_start_spends_its_budget()
    {
        for (var i = 0; i < DesiredMap.FailureBudget; i++)
        {
            _map.Begin();
            _map.Up(Noon);
            Assert.False(_map.Look(isListed: true, Noon.AddSeconds(1)));
            Assert.False(_map.Look(isListed: false, Noon.AddSeconds(2)));
            Assert.True(_map.Look(isListed: false, Noon.AddSeconds(3)));
        }
        Assert.Equal(SpawnStatus.GivenUp, _map.Status);
    }

    [Fact]
    public void A_map_that_has_proven_itself_starts_over_at_once_with_a_full_budget()
    {
        Fail();
        _map.Begin();
        _map.Up(Noon);
        _map.Look(isListed: true, Noon.AddSeconds(30));
        Assert.Equal(0, _map.Failures);

        Assert.False(_map.Look(isListed: false, Noon.AddSeconds(31)));
        Assert.True(_map.Look(isListed: false, Noon.AddSeconds(32)));
        Assert.True(_map.IsDue(Noon.AddSeconds(32)));
    }

    [Fact]
    public void A_map_that_is_away_for_a_moment_was_moved_and_has_not_failed()
    {
        _map.Begin();
        _map.Up(Noon);
        _map.Look(isListed: true, Noon.AddSeconds(1));

        Assert.False(_map.Look(isListed: false, Noon.AddSeconds(2)));
        Assert.False(_map.Look(isListed: false, Noon.AddSeconds(2.9)));
        Assert.False(_map.Look(isListed: true, Noon.AddSeconds(3)));
        Assert.False(_map.Look(isListed: false, Noon.AddSeconds(4)));
        Assert.Equal((SpawnStatus.Up, 0), (_map.Status, _map.Failures));
    }

    [Fact]
    public void A_map_that_was_just_started_has_a_moment_to_show_up_in_the_directory()
    {
        _map.Begin();
        _map.Up(Noon);

        Assert.False(_map.Look(isListed: false, Noon.AddSeconds(4.9)));
        Assert.True(_map.Look(isListed: false, Noon.AddSeconds(5)));
    }

    private double Fail()
    {
        _map.Begin();
        _map.Fail("broken", Noon);
        return (_map.NextTry!.Value - Noon).TotalSeconds;
    }
}
