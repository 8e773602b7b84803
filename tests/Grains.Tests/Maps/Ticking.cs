using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Entities;

namespace MmoOrleans.Grains.Tests.Maps;

public class Ticking
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly TickClock _clock = new(Step);
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_timer_that_is_always_late_does_not_make_the_map_slow()
    {
        var made = 0;
        for (var i = 0; i < 100; i++)
        {
            made += _clock.Due(_now);
            _now += Step + TimeSpan.FromMilliseconds(7);
        }
        Assert.InRange(made, 113, 115);
        Assert.Equal(0, _clock.Skipped);
    }

    [Fact]
    public void After_a_stall_a_few_steps_are_caught_up_and_the_rest_is_skipped()
    {
        Assert.Equal(1, _clock.Due(_now));
        _now += Step * 100;
        Assert.Equal(4, _clock.Due(_now));
        Assert.Equal(96, _clock.Skipped);
        Assert.Equal(Step, _clock.UntilNext(_now));
    }

    [Fact]
    public void Too_early_is_no_step()
    {
        _clock.Due(_now);
        Assert.Equal(0, _clock.Due(_now + TimeSpan.FromMilliseconds(49)));
        Assert.Equal(TimeSpan.FromMilliseconds(1), _clock.UntilNext(_now + TimeSpan.FromMilliseconds(49)));
    }

    [Fact]
    public void A_map_that_rested_has_missed_nothing()
    {
        _clock.Due(_now);
        _clock.Rest();
        Assert.Equal(1, _clock.Due(_now + TimeSpan.FromHours(1)));
        Assert.Equal(0, _clock.Skipped);
    }

    [Fact]
    public void Entity_ids_are_positive_and_those_of_one_incarnation_do_not_mean_others_in_the_next()
    {
        foreach (var incarnation in new long[] { 0, 1, 2, 0x7FF, 0x800, 0xFFFF })
            Assert.InRange(new EntityIds(incarnation).Next(_ => false), 1, int.MaxValue);
        Assert.NotEqual(new EntityIds(5).Next(_ => false), new EntityIds(6).Next(_ => false));
    }

    [Fact]
    public void Entity_ids_start_over_past_those_in_use()
    {
        var ids = new EntityIds(1);
        var first = ids.Next(_ => false);
        for (var i = 0; i < (1 << 20) - 2; i++)
            ids.Next(_ => false);
        Assert.Equal(first + 1, ids.Next(entity => entity == first));
    }
}
