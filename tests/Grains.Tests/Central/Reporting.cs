using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class Reporting
{
    private readonly ServerDirectory _directory = Directory();

    [Fact]
    public void What_a_restarted_Central_does_not_know_it_takes_from_the_reports()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1, "a")), Noon);
        var told = _directory.Report(Report("S2", Heartbeat("B", 2, "b", "S2")), Noon);

        Assert.Equal(["A", "B"], Names(told.Joined));
        Assert.Equal(0, told.From);
    }

    [Fact]
    public void A_silo_that_knows_a_version_hears_only_what_came_after_it()
    {
        var first = _directory.Report(Report("S1", Heartbeat("A", 0, "a")), Noon);
        _directory.RegisterMap(Map("B", "b"), 0, Noon);

        var next = _directory.ChangesSince(first.Central, first.To);

        Assert.Equal(first.To, next.From);
        Assert.Equal(["B"], Names(next.Joined));
        Assert.Empty(next.Left);
    }

    [Fact]
    public void A_map_that_is_no_longer_reported_has_left()
    {
        var before = _directory.Report(Report("S1", Heartbeat("A", 0, "a"), Heartbeat("B", 0, "b")), Noon);
        _directory.Report(Report("S1", Heartbeat("B", 0, "b")), Noon);

        Assert.Equal([Id("A")], _directory.ChangesSince(before.To).Left);
    }

    [Fact]
    public void A_map_that_registered_while_the_report_was_on_its_way_stays()
    {
        _directory.RegisterMap(Map("A"), 0, Noon);
        _directory.Report(Report("S1"), Noon);

        Assert.Single(_directory.State().Maps);
    }

    [Fact]
    public void What_each_silo_carries_follows_its_maps()
    {
        _directory.Report(Report("S1", Heartbeat("A", 1, "a"), Heartbeat("B", 2, "b")), Noon);
        var two = _directory.Report(Report("S2", Heartbeat("A", 3, "later", "S2") with { Connection = Map("A", "later", activated: 2000, silo: "S2") }), Noon);
        Assert.Equal([new("S1", 1, 2, false), new("S2", 1, 3, false)], two.Silos);

        _directory.Report(Report("S1", Heartbeat("B", 7, "b")), Noon);
        var after = _directory.Report(Report("S2"), Noon);
        Assert.Equal([new("S1", 1, 7, false), new("S2", 0, 0, false)], after.Silos);
    }

    [Fact]
    public void A_silo_that_is_silent_for_5_seconds_loses_its_maps_and_no_other()
    {
        _directory.Report(Report("S1", Heartbeat("A", 0, "a")), Noon);
        _directory.Report(Report("S2", Heartbeat("B", 0, "b", "S2")), Noon.AddSeconds(1));

        _directory.Expire(Noon.AddSeconds(4.9));
        Assert.Equal(2, _directory.State().Maps.Length);

        _directory.Expire(Noon.AddSeconds(5));
        Assert.Equal(["1/B"], _directory.State().Maps.Select(map => map.Map));
        Assert.Equal(["S2"], _directory.Silos);
    }

    [Fact]
    public void A_gateway_that_is_silent_for_3_seconds_is_forgotten()
    {
        _directory.ReportGateway(Gateway(), Noon);
        Assert.Single(_directory.ChangesSince(0).Gateways);

        _directory.Expire(Noon.AddSeconds(3));

        Assert.Empty(_directory.ChangesSince(0).Gateways);
    }

    [Fact]
    public void A_gateway_hears_of_the_others_that_have_room()
    {
        var (first, full) = (Gateway(), Gateway() with { Connections = 5, MaxConnections = 5 });
        Assert.Empty(_directory.ReportGateway(first, Noon));
        Assert.Equal([first], _directory.ReportGateway(full, Noon));
        Assert.Empty(_directory.ReportGateway(first, Noon));
    }

    [Fact]
    public void A_gateway_that_leaves_is_forgotten_at_once_and_hears_where_its_clients_may_go()
    {
        var (stays, leaves) = (Gateway(), Gateway());
        _directory.ReportGateway(stays, Noon);
        _directory.ReportGateway(leaves, Noon);

        Assert.Equal([stays], _directory.ReportGateway(leaves with { IsLeaving = true }, Noon));

        Assert.Equal([stays], _directory.ChangesSince(0).Gateways);
        Assert.Equal([stays], _directory.ReportGateway(leaves with { IsLeaving = true }, Noon));
    }

    [Fact]
    public void Chat_and_spawners_are_forgotten_after_10_silent_seconds()
    {
        _directory.RegisterChat(ChatServer(), Noon);
        _directory.RegisterMapSpawn(new("main", "10.0.0.1", 11111, "key", default, "S1", 4), Noon);

        _directory.Expire(Noon.AddSeconds(10));

        Assert.Null(_directory.State().Chat);
        Assert.Empty(_directory.State().MapSpawns);
    }

    [Fact]
    public void A_silo_that_is_too_far_behind_gets_everything()
    {
        var first = _directory.Report(Report("S1", Heartbeat("A", 0, "a")), Noon);
        for (var i = 0; i <= ChangeLog.Capacity; i++)
            _directory.RegisterMap(Map("B", $"b{i}", activated: i), 0, Noon);

        Assert.Equal(0, _directory.ChangesSince(first.To).From);
        Assert.Equal(["A", "B"], Names(_directory.ChangesSince(first.To).Joined));
    }

    [Fact]
    public void Nothing_that_is_shown_is_a_key()
    {
        _directory.RegisterChat(ChatServer("secret-key-1"), Noon);
        _directory.RegisterMap(Map("A", "secret-key-2"), 0, Noon);

        Assert.DoesNotContain("secret-key", System.Text.Json.JsonSerializer.Serialize(_directory.State()));
    }
}
