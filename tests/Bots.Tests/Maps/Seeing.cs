using Google.Protobuf;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Tests.Maps;

public sealed class Seeing
{
    private const uint Own = 1;
    private const uint Other = 7;

    private readonly LatencyProbe _probe = new(movesPerSecond: 10, new Random(1)) { IsOpen = true };
    private readonly MoveRing _moves = new();
    private readonly View _view;

    public Seeing()
    {
        _view = new View(_probe);
        _view.Begin(Own);
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static EntityState At(uint id, int x, int z, bool isNew = false) =>
        new() { Id = id, XCm = x, ZCm = z, Heading = 3, Identity = isNew ? new EntityIdentity { Name = "somebody" } : null };

    private int See(int ms, params EntityState[] states) => _view.Apply(new MapFrame { Tick = 9, ServerTimeMs = 77, Entities = { states } }.ToByteArray(), Ms(ms));

    private void Sent(uint input, int x, int z, int ms)
    {
        _moves.Add(new SentMove(input, x, z));
        _probe.Sampled(1);
        _view.Await(new Watch(Other, input, _moves, Ms(ms)));
    }

    [Fact]
    public void Those_who_come_into_view_are_counted_until_they_leave()
    {
        Assert.Equal(0, See(0, At(Own, 0, 0, isNew: true), At(Other, 5, -5, isNew: true), At(8, 0, 0, isNew: true)));
        Assert.Equal(2, _view.Others.Count);

        Assert.Equal(2, See(20, At(Own, 1, 0), At(Other, 6, -5), At(8, 1, 0)));
        _view.Apply(new MapFrame { Left = { Other, 99 }, AcknowledgedInput = 12 }.ToByteArray(), Ms(50));

        Assert.Equal((1, 12u), (_view.Others.Count, _view.Acknowledged));
    }

    [Fact]
    public void A_move_is_seen_when_its_very_position_is_shown()
    {
        See(0, At(Other, 0, 0, isNew: true));
        Sent(1, -300, 40, ms: 100);
        See(120, At(Other, 0, 0));
        Assert.Equal(0, _probe.Times.Samples);

        See(150, At(8, -300, 40), At(Other, -300, 40));

        Assert.Equal((1, 50.0), (_probe.Times.Samples, _probe.Times.MillisecondsAt(1)));
    }

    [Fact]
    public void A_later_move_shows_the_earlier_one_too()
    {
        See(0, At(Other, 0, 0, isNew: true));
        Sent(1, 10, 0, ms: 100);
        _moves.Add(new SentMove(2, 20, 0));
        See(160, At(Other, 20, 0));

        Assert.Equal((1, 60.0), (_probe.Times.Samples, _probe.Times.MillisecondsAt(1)));
    }

    [Fact]
    public void A_move_that_is_not_shown_within_a_second_counts_as_a_second()
    {
        See(0, At(Other, 0, 0, isNew: true));
        Sent(1, 10, 0, ms: 0);
        _view.Expire(Ms(999));
        Assert.Equal(0, _probe.Times.Samples);
        _view.Expire(Ms(1000));

        Assert.Equal((1, 1000.0), (_probe.Times.Samples, _probe.Times.MillisecondsAt(0.5)));
    }

    [Fact]
    public void A_move_that_is_shown_is_delivered_and_one_whose_mover_left_the_view_before_is_not()
    {
        See(0, At(Other, 0, 0, isNew: true));
        Sent(1, 10, 0, ms: 0);
        See(50, At(Other, 10, 0));
        Sent(2, 20, 0, ms: 100);
        _view.Apply(new MapFrame { Left = { Other } }.ToByteArray(), Ms(110));

        Assert.Equal((2, 1, true), (_probe.Expected, _probe.Delivered, _probe.IsSettled));
        Assert.Equal(1000, _probe.Times.MillisecondsAt(1));
    }

    [Fact]
    public void A_move_is_not_expected_when_the_server_refused_it_or_the_viewer_left_the_map()
    {
        Sent(1, 30, 0, ms: 20);
        _moves.RefuseAll();
        _view.Expire(Ms(5000));
        Sent(2, 40, 0, ms: 6000);
        _view.End();

        Assert.Equal((0, 0, true), (_probe.Expected, _probe.Times.Samples, _probe.IsSettled));
    }

    [Fact]
    public void The_first_step_after_a_correction_does_not_show_what_was_refused()
    {
        See(0, At(Other, 0, 0, isNew: true));
        Sent(1, 10, 0, ms: 0);
        _moves.RefuseAll();
        Sent(2, 5, 0, ms: 400);
        See(450, At(Other, 5, 0));

        Assert.Equal((1, 50.0), (_probe.Times.Samples, _probe.Times.MillisecondsAt(1)));
    }

    [Fact]
    public void Half_a_frame_is_an_error_and_not_a_guess() =>
        Assert.Throws<InvalidDataException>(() => _view.Apply(new MapFrame { Entities = { At(Other, 5, 5) } }.ToByteArray().AsSpan(..^2), Ms(0)));
}
