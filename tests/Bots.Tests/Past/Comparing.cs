using System.Numerics;
using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Past;

namespace MmoOrleans.Bots.Tests.Past;

public sealed class Comparing
{
    /// <summary>Ten seconds along x at 5 m/s, told ten times a second.</summary>
    private static IReadOnlyList<PastState> Straight(string map = "Field")
    {
        var trail = new Trail();
        for (var tenth = 0; tenth <= 100; tenth++) trail.Add(new PastState(1_000_000 + tenth * 100, map, tenth * 50, 0));
        return trail.States;
    }

    private static bool Holds(IReadOnlyList<PastState> states, string map, Vector2 at, params PastState[] unanswered) =>
        Comparison.Holds(new HistoryLine(new AccountLine("bot_000001", "", "", ""), states, unanswered), map, at);

    [Fact]
    public void A_trail_is_bounded_covers_three_seconds_and_ends_with_the_newest()
    {
        var states = Straight();

        Assert.InRange(states.Count, 12, 24);
        Assert.Equal(new PastState(1_010_000, "Field", 5000, 0), states[^1]);
        Assert.True(states[^1].TimeMs - states[0].TimeMs >= Comparison.OldestMs, $"It begins at {states[0].TimeMs}.");
    }

    [Theory]
    [InlineData(50, true)] // the newest
    [InlineData(42.3, true)] // between two states
    [InlineData(36, true)] // 2.8 s old
    [InlineData(53, true)] // a move that was not yet acknowledged
    [InlineData(29, false)] // 4.2 s old
    [InlineData(60, false)]
    public void A_character_may_stand_where_it_was_in_the_last_three_seconds(float x, bool holds) =>
        Assert.Equal(holds, Holds(Straight(), "Field", new Vector2(x, 0)));

    [Fact]
    public void Beside_the_way_or_on_another_map_is_elsewhere()
    {
        Assert.False(Holds(Straight(), "Field", new Vector2(45, 10)));
        Assert.False(Holds(Straight(), "Map001", new Vector2(45, 0)));
        Assert.False(Holds([], "Field", default));
    }

    [Fact]
    public void Before_and_behind_a_warp_both_count_but_not_the_line_between()
    {
        PastState[] states = [new(0, "A", 0, 0), new(1000, "A", 500, 0), new(1500, "B", 9000, 9000)];

        Assert.True(Holds(states, "A", new Vector2(3, 0)));
        Assert.True(Holds(states, "B", new Vector2(90, 90)));
        Assert.False(Holds(states, "B", new Vector2(45, 45)));
    }

    [Fact]
    public void Who_stood_in_a_warp_may_be_on_the_other_side()
    {
        PastState[] states = [new(0, "A", 0, 0), new(500, "A", 200, 0, LeadsTo: "B")];

        Assert.True(Holds(states, "B", new Vector2(70, 70)));
        Assert.False(Holds(states, "C", new Vector2(2, 0)));
    }

    [Fact]
    public void A_server_that_was_slow_to_acknowledge_may_be_ahead_but_only_on_the_way()
    {
        var sent = new PastState(0, "Field", 6500, 0);

        Assert.True(Holds(Straight(), "Field", new Vector2(60, 0), sent));
        Assert.False(Holds(Straight(), "Field", new Vector2(60, 5), sent));
        Assert.False(Holds(Straight(), "Field", new Vector2(70, 0), sent));
    }

    [Fact]
    public void Who_stood_still_may_be_as_old_as_can_be()
    {
        PastState[] states = [new(0, "A", 0, 0), new(60_000, "A", 5000, 0)];

        Assert.True(Holds(states, "A", Vector2.Zero));
    }
}
