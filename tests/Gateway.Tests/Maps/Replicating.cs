using MmoOrleans.Gateway.Maps;
using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.Gateway.Tests.Maps;

public class Replicating
{
    private readonly Replica _replica = new();

    [Fact]
    public void A_snapshot_is_everything()
    {
        Assert.True(_replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 100, 200, 5), Frames.At(2, -100, 0, 3))));

        Assert.Equal((2, 5L, 250L), (_replica.Count, _replica.Tick, _replica.TimeMs));
        Assert.Equal(Frames.At(1, 100, 200, 5), _replica.StateAt(_replica.SlotOf(1)));
    }

    [Fact]
    public void A_lost_frame_is_healed_by_the_next_which_starts_where_the_replica_is()
    {
        _replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 0, 0, 5), Frames.At(2, 0, 0, 5)));

        // The frame from 5 to 6 with entity 3 and the end of entity 2 is lost; the next one says it all again.
        var healing = Frames.Arrivals(5, 7, Frames.At(3, 30, 0, 6), Frames.At(1, 10, 0, 7)) with { Left = [2] };

        Assert.True(_replica.Apply(healing));
        Assert.Equal((10, 30), (_replica.StateAt(_replica.SlotOf(1)).X, _replica.StateAt(_replica.SlotOf(3)).X));
        Assert.Equal(-1, _replica.SlotOf(2));
    }

    [Fact]
    public void A_frame_that_continues_what_was_never_reached_is_not_applied()
    {
        _replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 0, 0, 5)));

        Assert.False(_replica.Apply(Frames.Changes(6, 7, Frames.At(1, 70, 0, 7))));
        Assert.Equal((5L, 0), (_replica.Tick, _replica.StateAt(_replica.SlotOf(1)).X));
    }

    [Fact]
    public void An_older_frame_that_comes_late_changes_nothing()
    {
        _replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 50, 0, 5)));

        Assert.False(_replica.Apply(Frames.Changes(0, 5, Frames.At(1, 40, 0, 4))));
        Assert.Equal(50, _replica.StateAt(_replica.SlotOf(1)).X);
    }

    [Fact]
    public void A_snapshot_over_an_older_replica_removes_what_it_does_not_name()
    {
        _replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 0, 0, 5), Frames.At(2, 0, 0, 5)));

        _replica.Apply(Frames.Arrivals(0, 9, Frames.At(2, 20, 0, 9)));

        Assert.Equal((-1, 1), (_replica.SlotOf(1), _replica.Count));
    }

    [Fact]
    public void The_place_of_one_that_left_is_used_again()
    {
        _replica.Apply(Frames.Arrivals(0, 5, Frames.At(1, 0, 0, 5)));
        var slot = _replica.SlotOf(1);

        _replica.Apply(Frames.Arrivals(5, 6, Frames.At(2, 0, 0, 6)) with { Left = [1] });

        Assert.Equal((slot, 2), (_replica.SlotOf(2), _replica.EntityAt(slot)));
    }
}
