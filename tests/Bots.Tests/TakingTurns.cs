namespace MmoOrleans.Bots.Tests;

public sealed class TakingTurns
{
    private readonly List<int> _turns = [];
    private TimeSpan _now = TimeSpan.FromHours(1);

    private TurnWheel Wheel(int bots, double rate) => new(bots, rate, () => _now, _turns.Add);

    [Fact]
    public void Turns_are_spread_evenly_over_the_time_between_two_of_one_bot()
    {
        var wheel = Wheel(bots: 5, rate: 10);
        for (var ms = 0; ms < 200; ms += 10)
        {
            var before = _turns.Count;
            wheel.Advance();
            Assert.InRange(_turns.Count - before, 0, 1);
            _now += TimeSpan.FromMilliseconds(10);
        }

        Assert.Equal([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], _turns);
    }

    [Fact]
    public void After_a_pause_every_bot_has_one_turn_and_the_lag_is_known()
    {
        var wheel = Wheel(bots: 4, rate: 10);
        wheel.Advance();
        _turns.Clear();
        _now += TimeSpan.FromSeconds(3);
        wheel.Advance();

        Assert.Equal([0, 1, 2, 3], _turns.Order());
        Assert.InRange(wheel.Lag.MillisecondsAt(1), 75, 100);
    }

    [Fact]
    public void At_rate_0_nobody_has_a_turn()
    {
        var wheel = Wheel(bots: 4, rate: 0);
        _now += TimeSpan.FromSeconds(3);
        wheel.Advance();

        Assert.Empty(_turns);
    }
}
