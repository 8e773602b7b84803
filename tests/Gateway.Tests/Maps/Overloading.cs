using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.Gateway.Tests.Maps;

/// <summary>A feed whose rounds take longer than the map's ticks.</summary>
public sealed class Overloading : IDisposable
{
    private const int Players = 60;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SteppedFeed _feed = new(Players);

    [Fact]
    public void Over_an_overloaded_second_every_viewer_gets_as_many_frames_as_any_other()
    {
        _feed.Cost = SteppedFeed.Tick * 3.3 / Players;
        _feed.Pass(Second);

        var frames = _feed.Clients.Select(client => client.Frames.Count).ToList();
        Assert.InRange(frames.Max() - frames.Min(), 0, 1);
        Assert.InRange(frames.Min(), 5, 7);
    }

    [Fact]
    public void Every_line_is_heard_by_everybody_once_and_in_order()
    {
        _feed.Cost = SteppedFeed.Tick * 7 / Players; // Longer than the map sends without an answer.
        _feed.Pass(Second * 2);
        _feed.Cost = TimeSpan.Zero;
        _feed.Pass(SteppedFeed.Tick * 2);

        var said = Enumerable.Range(1, (int)_feed.Now).Select(number => $"{number}").ToList();
        Assert.All(_feed.Clients, client => Assert.Equal(said, client.Lines));
    }

    [Fact]
    public void Everybodys_newest_move_goes_up_with_every_round()
    {
        _feed.Cost = SteppedFeed.Tick * 5 / Players;
        _feed.Pass(Second);
        Assert.Single(_feed.Arrived.Values.Distinct()); // Nobody's before anybody else's.
        _feed.Cost = TimeSpan.Zero;
        _feed.Pass(SteppedFeed.Tick);

        Assert.Equal(Players, _feed.Arrived.Count);
        Assert.All(_feed.Arrived.Values, arrived => Assert.Equal(_feed.Moves, arrived));
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(7)]
    public void Ticks_of_which_nobody_got_a_frame_are_counted_and_so_are_the_frames(double ticks)
    {
        _feed.Cost = SteppedFeed.Tick * ticks / Players;
        _feed.Pass(Second);

        var last = _feed.Clients[0].Frames;
        var skipped = (long)(last[^1] - last[0]) + 1 - last.Count;
        Assert.True(skipped > 5);
        Assert.Equal(skipped, _feed.Counts["mmo.gateway.rounds.skipped"]);
        Assert.Equal(skipped * Players, _feed.Counts["mmo.gateway.frames.skipped"]);
    }

    [Fact]
    public void When_the_load_falls_the_next_tick_is_on_time_for_everybody()
    {
        _feed.Cost = SteppedFeed.Tick * 6 / Players;
        _feed.Pass(Second);
        var from = (ulong)_feed.Now;

        _feed.Cost = TimeSpan.Zero;
        _feed.Pass(SteppedFeed.Tick);
        var skipped = _feed.Counts["mmo.gateway.rounds.skipped"]; // Those of before are counted with the first frame after them.
        _feed.Pass(SteppedFeed.Tick * 19);

        var ticks = Enumerable.Range((int)from + 1, 20).Select(tick => (ulong)tick).ToList();
        Assert.All(_feed.Clients, client => Assert.Equal(ticks, client.Frames.Where(tick => tick > from)));
        Assert.Equal(skipped, _feed.Counts["mmo.gateway.rounds.skipped"]);
    }

    [Fact]
    public void One_who_does_not_read_costs_the_others_no_round_between_ticks()
    {
        _feed.Pass(Second);
        _feed.Clients[7].TakesFrame = false;
        _feed.Pass(SteppedFeed.Tick);
        var (looks, frames) = (_feed.Clients[8].Looks, _feed.Clients[8].Frames.Count);
        var skipped = _feed.Counts["mmo.gateway.frames.skipped"];

        for (var beat = 0; beat < 10; beat++)
            _feed.Beat();

        Assert.Equal((looks, frames), (_feed.Clients[8].Looks, _feed.Clients[8].Frames.Count));
        Assert.Equal(skipped, _feed.Counts["mmo.gateway.frames.skipped"]);
    }

    [Fact]
    public void Who_reads_again_gets_its_frame_before_the_next_tick()
    {
        _feed.Pass(Second);
        _feed.Clients[7].TakesFrame = false;
        _feed.Pass(Second);
        Assert.Equal(20, _feed.Counts["mmo.gateway.frames.skipped"]);

        _feed.Clients[7].TakesFrame = true;
        _feed.Beat();

        Assert.Equal((ulong)_feed.Now, _feed.Clients[7].Frames[^1]);
    }

    public void Dispose() => _feed.Dispose();
}
