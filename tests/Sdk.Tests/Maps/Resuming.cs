using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Maps;

public class Resuming
{
    [Fact]
    public void Enters_again_with_the_resume_token()
    {
        using var story = Story.OnMap();
        story.Gateway.Latest.Break();
        story.Settle();
        Assert.Equal(["map disconnected ConnectionLost", "map connected map", "spawned Map001", "resumed Map001"], story.Events);
        Assert.Equal(FakeGateway.Id("resume-1"), story.Gateway.Last(Command.EnterMap).EnterMap.ResumeToken);
        Assert.Equal(1, story.Gateway.Count(Command.SelectCharacter));
    }

    [Fact]
    public void Uses_the_newest_token_the_next_time()
    {
        using var story = Story.OnMap();
        story.Gateway.Latest.Break();
        story.Settle();
        story.Gateway.Latest.Break();
        story.Settle();
        Assert.Equal(FakeGateway.Id("resume-2"), story.Gateway.Last(Command.EnterMap).EnterMap.ResumeToken);
    }

    [Fact]
    public void Tries_any_gateway_until_one_answers()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("map");
        story.Gateway.Latest.Break();
        story.Pass(3);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal("central", story.Gateway.Latest.Endpoint!.Host);
    }

    [Theory]
    [InlineData(3.8, "resumed Map001")] // 3 s, and a pause of 250 to 375 ms
    [InlineData(2.9, "map disconnected ConnectionLost")]
    public void Does_not_wait_long_for_a_gateway_that_says_nothing_when_there_is_another(double seconds, string last)
    {
        using var story = Story.OnMap();
        story.Gateway.Silence("map");
        story.Gateway.Latest.Break();
        story.Pass(seconds);
        Assert.Equal(last, story.Events[^1]);
    }

    [Fact]
    public void Leaves_a_full_gateway_at_once_for_another()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.Hello, ErrorCode.ServerBusy, retryAfterMs: 5000);
        story.Gateway.Latest.Break();
        story.Pass(0.1);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal("central", story.Gateway.Latest.Endpoint!.Host);
    }

    [Fact]
    public void Comes_again_when_it_is_told_to_where_all_are_full_or_gone()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("map");
        story.Gateway.Next(Command.Hello, ErrorCode.ServerBusy, retryAfterMs: 5000);
        story.Gateway.Latest.Break();
        story.Pass(4.9);
        Assert.Equal("map disconnected ConnectionLost", story.Events[^1]);
        story.Pass(2.7);
        Assert.Equal("resumed Map001", story.Events[^1]);
    }

    [Fact]
    public void Goes_to_another_gateway_that_its_own_has_told_of_when_all_it_knew_are_gone()
    {
        using var story = OnMapKnowingAnother();
        LosesAllButTheOther(story);
    }

    [Fact]
    public void Selects_the_character_there_when_its_grace_time_is_over_as_well()
    {
        using var story = OnMapKnowingAnother();
        story.Gateway.Refuse("central");
        story.Gateway.Next(Command.EnterMap, ErrorCode.TicketExpired);
        story.Gateway.Latest.Break();
        story.Pass(3);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal(2, story.Gateway.Count(Command.SelectCharacter));
    }

    [Fact]
    public void Keeps_in_mind_what_it_was_told_when_the_news_know_less()
    {
        using var story = OnMapKnowingAnother();
        story.Gateway.Latest.Send(new ServerMessage { GatewayList = new GatewayList() });
        story.Settle();
        LosesAllButTheOther(story);
    }

    [Fact]
    public void Keeps_in_mind_what_comes_right_behind_the_welcome()
    {
        using var story = new Story();
        story.Gateway.Next(Command.Hello, hello =>
        {
            story.Gateway.Latest.Send(new ServerMessage { RequestId = hello.RequestId, Welcome = story.Gateway.Welcome });
            story.Gateway.Latest.Send(KnowingAnother());
            return null;
        });
        story.Play(story.Client.ConnectCentralAsync("central", 7000)).OrThrow();
        story.Play(story.Client.LoginAsync("ada", "secret")).OrThrow();
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        LosesAllButTheOther(story);
    }

    [Fact]
    public void Goes_where_a_server_sends_it_that_closes_right_behind_the_welcome()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("central");
        story.Gateway.Next(Command.Hello, hello =>
        {
            story.Gateway.Latest.Send(new ServerMessage { RequestId = hello.RequestId, Welcome = story.Gateway.Welcome });
            story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, OtherGateways = { Other("other") } } });
            story.Gateway.Refuse("map");
            return null;
        });
        story.Gateway.Latest.Break();
        story.Pass(3);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal("other", story.Gateway.Latest.Endpoint!.Host);
    }

    [Fact]
    public void Goes_first_where_a_closing_server_sends_it()
    {
        using var story = Story.OnMap();
        var before = story.Gateway.Connections.Count;
        story.Gateway.Latest.Send(new ServerMessage
        {
            Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, RetryAfterMs = 200, OtherGateways = { Other("other") } },
        });
        story.Pass(1);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal(["other"], story.Gateway.Connections.Skip(before).Select(connection => connection.Endpoint!.Host));
    }

    [Fact]
    public void After_the_grace_time_selects_the_character_again()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.EnterMap, ErrorCode.TicketExpired);
        story.Gateway.Latest.Break();
        story.Settle();
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal(2, story.Gateway.Count(Command.SelectCharacter));
    }

    [Fact]
    public void Has_an_end_and_then_the_player_must_log_in_again()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("map");
        story.Gateway.Refuse("central");
        story.Gateway.Latest.Break();
        story.Pass(29);
        Assert.Equal(["map disconnected ConnectionLost"], story.Events);
        story.Pass(5);
        Assert.Equal(["map disconnected ConnectionLost", "map stopped"], story.Events);
        Assert.Equal("", story.Client.AccessToken);
        var connections = story.Gateway.Connections.Count;
        story.Pass(60);
        Assert.Equal(connections, story.Gateway.Connections.Count);
    }

    [Fact]
    public void Follows_a_server_that_closes_for_maintenance_and_waits_as_told()
    {
        using var story = Story.OnMap();
        story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, RetryAfterMs = 2000 } });
        story.Pass(1.9);
        Assert.Equal(["map disconnected ServerClosed"], story.Events);
        story.Pass(1.2);
        Assert.Equal("resumed Map001", story.Events[^1]);
    }

    [Fact]
    public void Thousands_who_are_told_the_same_time_come_back_spread_over_half_of_it_and_none_sooner()
    {
        var times = Enumerable.Range(1, 40).Select(seed => SecondsUntilResumed(seed, toldMs: 4000)).ToList();
        Assert.All(times, time => Assert.InRange(time, 4, 6.1));
        Assert.True(times.Distinct().Count() > 15, $"They came at {string.Join(", ", times.Order())}.");
    }

    [Fact]
    public void Comes_no_sooner_than_a_refusal_on_the_way_back_says()
    {
        using var story = Story.OnMap();
        var entries = story.Gateway.Count(Command.EnterMap);
        story.Gateway.Next(Command.EnterMap, ErrorCode.ServiceNotAvailable, retryAfterMs: 3000);
        story.Gateway.Latest.Break();
        story.Pass(2.9);
        Assert.Equal(1, story.Gateway.Count(Command.EnterMap) - entries);
        story.Pass(1.8);
        Assert.Equal("resumed Map001", story.Events[^1]);
    }

    [Theory]
    [InlineData(ErrorCode.AccountLoggedInByOther)]
    [InlineData(ErrorCode.KickedFromServer)]
    [InlineData(ErrorCode.UserBanned)]
    public void Never_follows_a_kick(ErrorCode code)
    {
        using var story = Story.OnMap();
        story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = code } });
        story.Pass(5);
        Assert.Equal([$"kicked {code}", "map disconnected ServerClosed", "map stopped"], story.Events);
        Assert.Equal(code, story.WhyStopped!.Code);
        Assert.Equal("", story.Client.AccessToken);
    }

    [Fact]
    public void Can_be_switched_off()
    {
        using var story = Story.OnMap(options => options with { ResumeWithin = TimeSpan.Zero });
        story.Gateway.Latest.Break();
        story.Pass(5);
        Assert.Equal(["map disconnected ConnectionLost", "map stopped"], story.Events);
    }

    [Fact]
    public void Is_stopped_by_disconnecting()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("map");
        story.Gateway.Refuse("central");
        story.Gateway.Latest.Break();
        story.Pass(1);
        story.Play(Connections.Connecting.Done(story.Client.DisconnectAsync()));
        var connections = story.Gateway.Connections.Count;
        story.Pass(10);
        Assert.Equal(connections, story.Gateway.Connections.Count);
        Assert.Equal(["map disconnected ConnectionLost", "map stopped"], story.Events);
    }

    [Fact]
    public void Also_heals_a_connection_that_is_lost_in_the_moment_of_spawning()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.ClientReady, ready =>
        {
            story.Gateway.Latest.Send(new ServerMessage { RequestId = ready.RequestId, Spawned = new Spawned() });
            story.Gateway.Latest.Break();
            return null;
        });
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        story.Pass(1);
        Assert.Equal("resumed Map001", story.Events[^1]);
    }

    private static Story OnMapKnowingAnother()
    {
        var story = Story.OnMap();
        story.Gateway.Latest.Send(KnowingAnother());
        story.Settle();
        return story;
    }

    private static void LosesAllButTheOther(Story story)
    {
        story.Gateway.Refuse("map");
        story.Gateway.Refuse("central");
        story.Gateway.Latest.Break();
        story.Pass(3);
        Assert.Equal("resumed Map001", story.Events[^1]);
        Assert.Equal("other", story.Gateway.Latest.Endpoint!.Host);
    }

    private static ServerMessage KnowingAnother() => new() { GatewayList = new GatewayList { Endpoints = { Other("other") } } };

    private static Endpoint Other(string host) => new() { Host = host, Port = 7000 };

    private static double SecondsUntilResumed(int seed, uint toldMs)
    {
        using var story = Story.OnMap(options => options with { Seed = seed });
        story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, RetryAfterMs = toldMs } });
        var seconds = 0.0;
        while (!story.Events.Contains("resumed Map001"))
        {
            Assert.True(seconds < 30, "The client has not come back within 30 s.");
            story.Pass(0.05);
            seconds += 0.05;
        }

        return seconds;
    }
}
