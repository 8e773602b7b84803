using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class TakingSeats
{
    private static readonly DateTimeOffset Grown = Noon + ServerDirectory.Youth;

    private readonly ServerDirectory _directory = Directory(new ConfiguredChannel("1", "One", 2), new ConfiguredChannel("2", "Two", 2));

    [Fact]
    public void A_channel_is_full_when_its_users_and_its_seats_fill_it()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1)), Grown);

        Assert.Equal("1", Granted(Take("1")));
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(Take("1")));
        Assert.Equal("2", Granted(Take("2")));
    }

    [Fact]
    public void Taking_a_seat_again_takes_one_seat()
    {
        var account = AccountId.New();
        for (var i = 0; i < 3; i++)
            Granted(_directory.TakeSeat("1", account, Grown));

        Granted(Take("1"));
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(Take("1")));
    }

    [Fact]
    public void A_seat_is_free_again_after_30_seconds()
    {
        Granted(Take("1"));
        Granted(Take("1"));
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(_directory.TakeSeat("1", AccountId.New(), Grown.AddSeconds(29))));

        Granted(_directory.TakeSeat("1", AccountId.New(), Grown.AddSeconds(30)));
    }

    [Fact]
    public void A_player_who_has_entered_is_not_counted_twice()
    {
        Granted(Take("1"));
        _directory.Report(Report("S1", Heartbeat("A", 1)), Grown);

        Granted(Take("1"));
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(Take("1")));
    }

    [Fact]
    public void Players_of_a_map_that_left_or_changed_hands_take_no_places()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1, "a"), Heartbeat("B", 1, "b")), Grown);
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(Take("1")));

        _directory.Report(Report("S1", Heartbeat("B", 1, "b")), Grown);
        _directory.RegisterMap(Map("B", "later", activated: 2000), 0, Grown);

        Assert.Equal(0, _directory.Channels()[0].Connections);
        Granted(Take("1"));
        Granted(Take("1"));
    }

    [Fact]
    public void A_young_Central_asks_to_come_back()
    {
        var answer = _directory.TakeSeat("1", AccountId.New(), Noon.AddSeconds(0.5));

        Assert.False(answer.TryGet(out _, out var why));
        Assert.Equal(RefusalCode.RetryLater, why.Code);
        Assert.Equal(TimeSpan.FromSeconds(1.5), why.RetryAfter);
    }

    [Fact]
    public void Central_counts_as_soon_as_every_silo_has_reported()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1)), Noon);
        Assert.Equal(RefusalCode.RetryLater, Denied(_directory.TakeSeat("1", AccountId.New(), Noon)));

        _directory.Report(Report("S2", Heartbeat("B", 0, silo: "S2")), Noon);

        Granted(_directory.TakeSeat("1", AccountId.New(), Noon));
        Assert.Equal(RefusalCode.ChannelIsFull, Denied(_directory.TakeSeat("1", AccountId.New(), Noon)));
    }

    [Fact]
    public void Central_waits_for_players_of_a_silo_that_is_gone_until_its_time_is_over()
    {
        _directory.Report(Report("S1") with { MissesPlayers = true }, Noon);
        _directory.Report(Report("S1"), Noon); // It has forgotten that silo by then.
        _directory.Report(Report("S2"), Noon);

        Assert.Equal(RefusalCode.RetryLater, Denied(_directory.TakeSeat("1", AccountId.New(), Noon)));
        Granted(_directory.TakeSeat("1", AccountId.New(), Grown));
    }

    [Fact]
    public void Central_that_has_counted_does_not_stop_when_another_silo_comes()
    {
        var silos = new List<string> { "S1" };
        var directory = Directory(silos);
        directory.Report(Report("S1"), Noon);
        Granted(directory.TakeSeat("1", AccountId.New(), Noon));

        silos.Add("S2");

        Granted(directory.TakeSeat("1", AccountId.New(), Noon));
    }

    [Fact]
    public void An_unknown_channel_is_refused() => Assert.Equal(RefusalCode.InvalidChannelId, Denied(Take("9")));

    [Fact]
    public void Who_names_no_channel_gets_the_first_that_has_maps()
    {
        Assert.Equal("1", Granted(Take("")));

        _directory.Report(Report("S1", Heartbeat("A", 0, channel: "2")), Grown);

        Assert.Equal("2", Granted(Take("")));
    }

    [Fact]
    public void The_channels_show_how_many_play_there()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1, "a"), Heartbeat("B", 1, "b"), Heartbeat("A", 4, "c", channel: "2")), Grown);

        Assert.Equal([("1", 2, 2), ("2", 4, 2)], _directory.Channels().Select(channel => (channel.Id, channel.Connections, channel.MaxConnections)));
    }

    private Answer<string> Take(string channel) => _directory.TakeSeat(channel, AccountId.New(), Grown);

    private static string Granted(Answer<string> answer) => Assert.IsType<Granted<string>>(answer).Value;

    private static RefusalCode Denied(Answer<string> answer) => Assert.IsType<Denied<string>>(answer).Why.Code;
}
