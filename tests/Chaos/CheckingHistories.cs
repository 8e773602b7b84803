using System.Collections.Immutable;
using System.Numerics;
using MmoOrleans.Chaos.Histories;
using MmoOrleans.Chaos.Wanderers;

namespace MmoOrleans.Chaos;

/// <summary>The rules themselves: a history in which all is well breaks none, and each rule finds what is against it.</summary>
public sealed class CheckingHistories
{
    private const int Players = 10;
    private const string First = "Map001";
    private const string Second = "Map002";

    private static readonly TimeSpan FaultAt = TimeSpan.FromSeconds(10);

    private readonly List<Witnessed> _seen = Good();

    [Fact]
    public void A_good_history_breaks_none() => Assert.Empty(Broken());

    [Fact]
    public void An_empty_one_proves_nothing() =>
        Assert.Contains("nothing was broken: this proves nothing", Rules.Broken([], new StoreDump([], [])));

    [Fact]
    public void Nor_does_one_that_ends_with_its_fault()
    {
        _seen.RemoveAll(one => one.At > FaultAt + TimeSpan.FromSeconds(2));
        AssertBroken("too soon to prove anything");
    }

    [Fact]
    public void Nor_does_one_in_which_nobody_was_warping()
    {
        _seen.RemoveAll(one => one is Witnessed.Warping);
        AssertBroken("were warping: too few");
    }

    [Fact]
    public void Nor_does_one_in_which_nobody_spoke_before_the_fault()
    {
        _seen.RemoveAll(one => one is Witnessed.Said or Witnessed.Heard);
        AssertBroken("nobody had said anything");
    }

    [Fact]
    public void Nor_does_one_in_which_nothing_was_being_written()
    {
        _seen.RemoveAll(one => one is Witnessed.Asked { Who: "n0_1" } or Witnessed.Made { Who: "n0_1" });
        AssertBroken("nothing was being written");
    }

    [Fact]
    public void What_was_refused_before_the_fault_is_not_being_written()
    {
        _seen.RemoveAll(one => one is Witnessed.Made { Who: "n0_1" });
        _seen.Add(new Witnessed.Failed(At(9.95), "n0_1"));
        AssertBroken("nothing was being written", Store() with { CharacterNames = [.. Store().CharacterNames.Where(name => name != "n0_1")] });
    }

    [Fact]
    public void Nor_does_one_after_which_nobody_was_looked_for()
    {
        _seen.RemoveAll(one => one is Witnessed.Sought);
        AssertBroken("nobody looked for the characters");
    }

    [Fact]
    public void Who_is_on_two_maps_is_found()
    {
        for (var at = 11.0; at < 15; at += 0.25)
        {
            _seen.Add(new Witnessed.Sighted(At(at), "w1", First, ["w5"]));
            _seen.Add(new Witnessed.Sighted(At(at), "w0", Second, ["w5"]));
        }
        AssertBroken("w5 was seen on two maps");
    }

    [Fact]
    public void A_frame_of_before_is_no_second_map()
    {
        _seen.Add(new Witnessed.Sighted(At(11), "w1", First, ["w5"]));
        _seen.Add(new Witnessed.Sighted(At(11.2), "w0", Second, ["w5"]));
        Assert.Empty(Broken());
    }

    [Fact]
    public void A_place_behind_what_was_acknowledged_is_found_after_a_planned_stop()
    {
        Resume("w3", at: 11, where: PlaceAt(9.5));
        AssertBroken("w3 at 11.0 s on Map001: put back");
    }

    [Fact]
    public void After_a_crash_it_may_be_as_old_as_a_checkpoint_and_no_older()
    {
        _seen[_seen.FindIndex(one => one is Witnessed.Fault)] = new Witnessed.Fault(FaultAt, "kill", IsPlanned: false);
        Resume("w3", at: 11, where: PlaceAt(8));
        Assert.Empty(Broken());
        _seen.RemoveAll(one => one is Witnessed.Stood { Who: "w3" } && one.At == At(11));
        Resume("w3", at: 11, where: PlaceAt(5));
        AssertBroken("w3 at 11.0 s on Map001: put back");
    }

    [Fact]
    public void However_long_it_takes_until_there_is_a_map_again()
    {
        _seen[_seen.FindIndex(one => one is Witnessed.Fault)] = new Witnessed.Fault(FaultAt, "kill", IsPlanned: false);
        _seen.RemoveAll(one => one.Who == "w3" && one is Witnessed.Moved or Witnessed.Acknowledged && one.Who == "w3" && one.At > At(10));
        _seen.Add(new Witnessed.Lost(At(10.01), "w3", 7000, "ConnectionLost"));
        _seen.Add(new Witnessed.Stood(At(30), "w3", First, PlaceAt(8)));
        Assert.Empty(Rules.Broken(Sorted(), Store(), wasDown: true));
        _seen.Add(new Witnessed.Stood(At(31), "w4", First, PlaceAt(18)));
        Assert.Contains(Rules.Broken(Sorted(), Store(), wasDown: true), broken => broken.Contains("w4 at 31.0 s on Map001: put back", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_walks_back_the_way_it_came_is_acknowledged_where_it_was_first()
    {
        _seen.RemoveAll(one => one.Who == "w3" && one is Witnessed.Acknowledged or Witnessed.Moved && one.Who == "w3" && one.At > At(10) && one.At < At(15));
        for (var step = 1; step <= 40; step++)
            _seen.Add(new Witnessed.Moved(At(10 + (step / 10.0)), "w3", First, PlaceAt(10 + (step <= 20 ? step / 10.0 : (40 - step) / 10.0))));
        _seen.Add(new Witnessed.Acknowledged(At(14.2), "w3", First, PlaceAt(10.5))); // On its way out, and it is back there by now.
        _seen.Add(new Witnessed.Put(At(14.3), "w3", First, PlaceAt(11.5)));
        Assert.Empty(Broken());
    }

    [Fact]
    public void A_place_where_a_character_has_never_been_is_found()
    {
        _seen.Add(new Witnessed.Put(At(11), "w3", First, new Vector3(99, 0, 99)));
        AssertBroken("where it has never been");
    }

    [Fact]
    public void A_warp_that_was_undone_is_found()
    {
        _seen.Add(new Witnessed.Lost(At(15), "w0", 7000, "ConnectionLost"));
        _seen.Add(new Witnessed.Stood(At(15.1), "w0", First, PlaceAt(9.8)));
        AssertBroken("w0 at 15.1 s is on Map001, and was on Map002, which it has not left");
    }

    [Fact]
    public void Who_was_in_a_door_when_its_connection_ended_may_be_on_the_other_side()
    {
        _seen.RemoveAll(one => one.Who == "w3" && one is Witnessed.Moved or Witnessed.Acknowledged && one.Who == "w3" && one.At > At(12));
        _seen.Add(new Witnessed.Moved(At(12.1), "w3", First, Ground.DoorToSecond));
        _seen.Add(new Witnessed.Lost(At(12.2), "w3", 7000, "ConnectionLost"));
        _seen.Add(new Witnessed.Stood(At(12.5), "w3", Second, new Vector3(4.5f, 0, 8.5f)));
        _seen.Add(new Witnessed.Acknowledged(At(20), "w3", Second, new Vector3(4.5f, 0, 8.5f)));
        Assert.Empty(Broken());
    }

    [Fact]
    public void A_place_at_the_end_that_is_behind_what_was_acknowledged_is_found()
    {
        _seen.Add(new Witnessed.Found(At(30), "w3", First, PlaceAt(20.9)));
        Assert.Empty(Broken());
        _seen.Add(new Witnessed.Found(At(31), "w5", First, PlaceAt(20)));
        AssertBroken("w5 at 31.0 s on Map001: put back");
    }

    [Fact]
    public void A_corner_may_be_cut_and_no_way_may_be_made_longer()
    {
        _seen.RemoveAll(one => one.Who == "w3" && one is Witnessed.Acknowledged or Witnessed.Moved && one.Who == "w3" && one.At > At(10) && one.At < At(11));
        _seen.Add(new Witnessed.Moved(At(10.4), "w3", First, PlaceAt(10.5)));
        _seen.Add(new Witnessed.Moved(At(10.8), "w3", First, PlaceAt(10.5) + new Vector3(0, 0, 2.5f)));
        _seen.Add(new Witnessed.Put(At(10.9), "w3", First, PlaceAt(10.25) + new Vector3(0, 0, 1.25f)));
        Assert.Empty(Broken());
        _seen.Add(new Witnessed.Put(At(10.85), "w3", First, PlaceAt(10.25) + new Vector3(0, 0, -1.25f)));
        AssertBroken("w3 at 10.9 s on Map001: put at");
    }

    [Fact]
    public void On_a_corner_that_was_cut_it_may_be_put_after_a_crash_and_not_after_a_planned_stop()
    {
        _seen.RemoveAll(one => one.Who == "w3" && one is Witnessed.Acknowledged or Witnessed.Moved && one.Who == "w3" && one.At > At(8));
        var (corner, end) = (PlaceAt(8.5), PlaceAt(8.5) + new Vector3(0, 0, 2.5f));
        var half = PlaceAt(8.25) + new Vector3(0, 0, 1.25f);
        _seen.Add(new Witnessed.Moved(At(8.5), "w3", First, corner));
        _seen.Add(new Witnessed.Moved(At(9), "w3", First, end));
        _seen.Add(new Witnessed.Acknowledged(At(9.6), "w3", First, end));
        _seen.Add(new Witnessed.Stood(At(11), "w3", First, half));
        for (var at = 11.1; at < 21; at++)
            _seen.Add(new Witnessed.Acknowledged(At(at), "w3", First, half));
        AssertBroken("w3 at 11.0 s on Map001: put at");
        _seen[_seen.FindIndex(one => one is Witnessed.Fault)] = new Witnessed.Fault(FaultAt, "kill", IsPlanned: false);
        Assert.Empty(Broken());
        _seen.Add(new Witnessed.Put(At(12), "w3", First, PlaceAt(8.25) + new Vector3(0, 0, -1.25f)));
        AssertBroken("w3 at 12.0 s on Map001: put at");
    }

    [Fact]
    public void A_line_that_was_accepted_and_not_heard_is_found()
    {
        _seen.RemoveAll(one => one is Witnessed.Heard { Who: "w7" });
        AssertBroken("w7 did not hear line 1 of w2");
    }

    [Fact]
    public void One_that_may_still_be_on_its_way_when_players_stop_is_not_however_long_they_are_looked_for()
    {
        _seen.Add(new Witnessed.Said(At(20.5), "w2", 2, SentAt: At(20.4)));
        _seen.Add(new Witnessed.Sought(At(40), "w2", Missing: null));
        Assert.Empty(Broken());
    }

    [Fact]
    public void A_line_that_was_heard_twice_is_found()
    {
        _seen.Add(new Witnessed.Heard(At(12), "w7", "w2", 1));
        AssertBroken("w7 heard line 1 of w2 twice");
    }

    [Fact]
    public void Lines_in_another_order_are_found()
    {
        _seen.Add(new Witnessed.Heard(At(9), "w7", "w2", 2));
        AssertBroken("w7 heard line 1 of w2 after line 2");
    }

    [Fact]
    public void Lines_of_two_that_others_heard_the_other_way_round_are_found()
    {
        foreach (var player in Enumerable.Range(0, Players))
            _seen.Add(new Witnessed.Heard(player == 7 ? At(9.65) : At(9.8), $"w{player}", "w3", 1));
        AssertBroken("after others that w7 heard later");
    }

    [Fact]
    public void Who_comes_back_late_is_found()
    {
        _seen.Add(new Witnessed.Lost(At(10.1), "w4", 7000, "ConnectionLost"));
        _seen.RemoveAll(one => one.Who == "w4" && one is Witnessed.Moved or Witnessed.Acknowledged && one.At > At(10));
        _seen.Add(new Witnessed.Stood(At(20.5), "w4", First, PlaceAt(10)));
        AssertBroken("w4 was locked out for 10.4 s");
    }

    [Fact]
    public void Who_never_comes_back_is_found()
    {
        _seen.RemoveAll(one => one.Who == "w4" && one is Witnessed.Moved or Witnessed.Acknowledged && one.Who == "w4" && one.At > At(10));
        _seen.Add(new Witnessed.Lost(At(10.1), "w4", 7000, "ConnectionLost"));
        AssertBroken("w4 never came back");
    }

    [Fact]
    public void Who_stands_still_with_a_living_connection_is_found()
    {
        _seen.RemoveAll(one => one is Witnessed.Acknowledged { Who: "w4" } && one.At > At(8) && one.At < At(19));
        AssertBroken("no move of w4 was taken from 8.0 to 19.1 s");
    }

    [Fact]
    public void In_a_door_it_has_to_wait_for_its_warp()
    {
        _seen.RemoveAll(one => one.Who == "w4" && one is Witnessed.Moved or Witnessed.Acknowledged && one.Who == "w4" && one.At > At(8));
        _seen.Add(new Witnessed.Moved(At(8.1), "w4", First, Ground.DoorToSecond));
        Assert.Empty(Broken());
    }

    [Fact]
    public void Who_gives_up_is_found()
    {
        _seen.Add(new Witnessed.GaveUp(At(15), "w4", ""));
        AssertBroken("w4 gave up");
    }

    [Fact]
    public void An_account_that_is_gone_is_found()
    {
        AssertBroken("the account w1 was acknowledged", Store() with { Usernames = [.. Store().Usernames.Where(name => name != "W1")] });
        AssertBroken("the character w1 was acknowledged", Store() with { CharacterNames = [.. Store().CharacterNames.Where(name => name != "w1")] });
    }

    [Fact]
    public void A_name_that_belongs_to_two_is_found() => AssertBroken("the name w1 belongs to 2 characters", Store() with { CharacterNames = Store().CharacterNames.Add("W1") });

    [Fact]
    public void A_name_that_was_acknowledged_to_two_or_is_gone_is_found()
    {
        _seen.Add(new Witnessed.Named(At(11), "n0_1", "x_1"));
        AssertBroken("the character x_1 was acknowledged to n0_1 at 11.0 s and is not in the database");
        Assert.Empty(Rules.Broken(Sorted(), Store() with { CharacterNames = Store().CharacterNames.Add("x_1") }));
        _seen.Add(new Witnessed.Named(At(12), "n1_1", "x_1"));
        AssertBroken("the name x_1 was acknowledged to n0_1 and n1_1");
    }

    [Fact]
    public void Who_cannot_log_in_at_the_end_is_found()
    {
        _seen[_seen.FindIndex(one => one is Witnessed.Sought { Who: "w6" })] = new Witnessed.Sought(At(21.1), "w6", Missing: "away");
        AssertBroken("w6 could not log in");
    }

    [Fact]
    public void The_longest_pause_of_each_is_measured()
    {
        _seen.RemoveAll(one => one is Witnessed.Acknowledged { Who: "w1" } && one.At > At(10) && one.At < At(13));
        var pauses = Pauses.Around(_seen.OfType<Witnessed.Fault>().Single(), Sorted());
        Assert.Equal(3, pauses.Longest, 0.2);
        Assert.InRange(pauses.P50, 0.05, 0.3);
    }

    /// <summary>Ten who walk for 21 s; the first warps at the fault, the third says a line just before, and an account is being made.</summary>
    private static List<Witnessed> Good()
    {
        var seen = new List<Witnessed> { new Witnessed.Fault(FaultAt, "stop", IsPlanned: true), new Witnessed.Said(At(9.6), "w2", 1, SentAt: At(9.5)) };
        for (var player = 0; player < Players; player++)
        {
            var name = $"w{player}";
            seen.Add(new Witnessed.Asked(At(0), name));
            seen.Add(new Witnessed.Made(At(0.5), name));
            seen.Add(new Witnessed.Stood(At(1), name, First, PlaceAt(1)));
            seen.Add(new Witnessed.Heard(At(9.7), name, "w2", 1));
            seen.Add(new Witnessed.Sought(At(21.1), name, Missing: null));
            for (var step = 11; step < 210; step++)
            {
                if (player == 0 && step is >= 99 and < 103)
                    continue;
                var map = player == 0 && step >= 103 ? Second : First;
                seen.Add(new Witnessed.Moved(At(step / 10.0), name, map, PlaceAt(step / 10.0)));
                seen.Add(new Witnessed.Acknowledged(At(step / 10.0 + 0.05), name, map, PlaceAt(step / 10.0)));
            }
        }
        seen.Add(new Witnessed.Warping(At(9.98), "w0"));
        seen.Add(new Witnessed.Stood(At(10.25), "w0", Second, PlaceAt(50)));
        seen.Add(new Witnessed.Asked(At(9.9), "n0_1"));
        seen.Add(new Witnessed.Made(At(10.3), "n0_1"));
        return seen;
    }

    private static StoreDump Store()
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, Players).Select(player => $"w{player}"), "n0_1"];
        return new StoreDump([.. names.Select(name => name.ToUpperInvariant())], names);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Everybody walks the same way, five metres a second.</summary>
    private static Vector3 PlaceAt(double seconds) => new((float)seconds * 5, 0, 7);

    private void Resume(string who, double at, Vector3 where)
    {
        _seen.RemoveAll(one => one.Who == who && one is Witnessed.Moved or Witnessed.Acknowledged && one.Who == who && one.At > At(10) && one.At < At(at));
        _seen.Add(new Witnessed.Lost(At(10.01), who, 7000, "ConnectionLost"));
        _seen.Add(new Witnessed.Stood(At(at), who, First, where));
    }

    private IReadOnlyList<Witnessed> Sorted() => [.. _seen.OrderBy(one => one.At)];

    private ImmutableArray<string> Broken() => Rules.Broken(Sorted(), Store());

    private void AssertBroken(string why, StoreDump? store = null) =>
        Assert.Contains(Rules.Broken(Sorted(), store ?? Store()), broken => broken.Contains(why, StringComparison.Ordinal));
}
