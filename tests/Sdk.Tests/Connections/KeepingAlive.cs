using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Connections;

public class KeepingAlive
{
    [Fact]
    public void Pings_as_often_as_the_server_asks()
    {
        using var story = Story.AtCentral();
        var before = story.Gateway.Count(Command.Ping);
        story.Pass(20);
        Assert.InRange(story.Gateway.Count(Command.Ping) - before, 9, 10);
    }

    [Fact]
    public void Answers_the_servers_pings()
    {
        using var story = Story.AtCentral();
        story.Gateway.Latest.Send(new ServerMessage { Ping = new Ping { Value = 99 } });
        story.Settle();
        Assert.Equal(99u, story.Gateway.Last(Command.Pong).Pong.Value);
    }

    [Fact]
    public void A_server_that_says_nothing_for_too_long_is_dead()
    {
        using var story = Story.AtCentral();
        for (var ping = 0; ping < 100; ping++) story.Gateway.Next(Command.Ping, _ => null);
        story.Pass(12);
        Assert.Equal(["central connected central", "central disconnected ServerSilent", "central stopped"], story.Events);
        Assert.False(story.Gateway.Latest.IsOpen);
    }

    [Fact]
    public void A_game_that_was_paused_for_a_minute_does_not_blame_the_server()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.ListChannels, _ => null);
        var channels = story.Client.ChannelsAsync();
        story.Settle();
        story.Freeze(60);
        story.Pass(1);
        Assert.True(story.Client.IsConnectedToCentral);
        Assert.False(channels.IsCompleted);
    }

    [Fact]
    public void The_servers_clock_is_known_from_pongs()
    {
        using var story = Story.OnMap();
        story.Gateway.NowMs = 5_000_000;
        story.Pass(3);
        Assert.Equal(TimeSpan.Zero, story.Client.World.Clock.RoundTrip);
        Assert.Equal(TimeSpan.FromMilliseconds(5_003_000), story.ServerNow());
    }
}
