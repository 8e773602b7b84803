using Microsoft.Extensions.Time.Testing;
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
    public void A_map_whose_steps_take_too_long_makes_one_at_a_time_and_skips_the_rest()
    {
        var time = new FakeTimeProvider(_now);
        var ticks = 0;
        for (var until = _now.AddSeconds(3); time.GetUtcNow() < until; ticks++)
        {
            Assert.InRange(_clock.Make(time, _ => time.Advance(Step * 1.5)), 1, 1);
            time.Advance(_clock.UntilNext(time.GetUtcNow()));
        }
        Assert.Equal(40, ticks); // 60 steps' time, each taking one and a half.
        Assert.Equal(19, _clock.Skipped);
    }

    [Fact]
    public void A_step_is_told_of_those_that_were_skipped_before_it_and_none_is_told_twice()
    {
        var time = new FakeTimeProvider(_now);
        var (made, told) = (0L, 0L);
        for (var tick = 0; tick < 50; tick++)
        {
            _clock.Make(time, skipped =>
            {
                (made, told) = (made + 1, told + skipped);
                time.Advance(tick % 7 == 0 ? Step * 9.2 : Step * 0.3);
            });
            time.Advance(_clock.UntilNext(time.GetUtcNow()));
        }
        _clock.Make(time, skipped => (made, told) = (made + 1, told + skipped));
        Assert.Equal(_clock.Skipped, told);
        Assert.Equal((time.GetUtcNow() - _now) / Step, made + told - 1, tolerance: 1);
    }

    [Fact]
    public void When_the_load_falls_the_next_step_is_on_time_and_none_is_skipped_any_more()
    {
        var time = new FakeTimeProvider(_now);
        for (var tick = 0; tick < 10; tick++)
            _clock.Make(time, _ => time.Advance(Step * 3.7));
        _clock.Make(time, _ => { });
        var skipped = _clock.Skipped;

        for (var tick = 0; tick < 20; tick++)
        {
            Assert.InRange(_clock.UntilNext(time.GetUtcNow()), TimeSpan.FromTicks(1), Step);
            time.Advance(_clock.UntilNext(time.GetUtcNow()));
            Assert.Equal(1, _clock.Make(time, _ => { }));
        }
        Assert.Equal(skipped, _clock.Skipped);
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
