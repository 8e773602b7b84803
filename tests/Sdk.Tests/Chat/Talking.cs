using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using MmoOrleans.Sdk.Tests.Maps;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Chat;

public class Talking
{
    [Fact]
    public void Locally_globally_and_in_whispers()
    {
        using var story = Story.OnMap();
        story.Play(story.Client.SayAsync("hello")).OrThrow();
        story.Play(story.Client.GlobalAsync("hello all")).OrThrow();
        story.Play(story.Client.WhisperAsync("Ada", "hello you")).OrThrow();
        var said = story.Gateway.Received.Where(one => one.CommandCase == Command.Say).Select(one => (one.Say.Kind, one.Say.Text, one.Say.To));
        Assert.Equal([(ChatKind.Local, "hello", ""), (ChatKind.Global, "hello all", ""), (ChatKind.Whisper, "hello you", "Ada")], said);
    }

    [Fact]
    public void To_somebody_who_is_not_online_is_answered_so()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.Say, ErrorCode.CharacterNotOnline);
        Assert.Equal(ErrorCode.CharacterNotOnline, story.Play(story.Client.WhisperAsync("Nobody", "hello")).Code);
    }

    [Fact]
    public void Lines_are_heard_with_who_and_what()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(Line("Ada", "hi", null));
        story.Settle();
        Assert.Equal(["heard Global Ada: hi"], story.Events);
    }

    [Fact]
    public void A_line_that_comes_twice_is_heard_once()
    {
        using var story = Story.OnMap();
        foreach (var (incarnation, number) in new[] { (1, 5), (1, 5), (1, 4), (1, 6), (2, 1), (1, 7), (2, 2) })
            story.Gateway.Say(Line("Ada", $"{incarnation}-{number}", Position("global", incarnation, number)));
        story.Settle();
        Assert.Equal(["heard Global Ada: 1-5", "heard Global Ada: 1-6", "heard Global Ada: 2-1", "heard Global Ada: 2-2"], story.Events);
    }

    [Fact]
    public void The_last_line_of_each_channel_is_handed_to_the_next_map()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(Line("Ada", "one", Position("global", 1, 5)));
        story.Gateway.Say(Line("", "two", Position("system", 3, 9)));
        story.Settle();
        Warping.Warp(story);
        Assert.Equal([Position("global", 1, 5), Position("system", 3, 9)], story.Gateway.Last(Command.EnterMap).EnterMap.Heard);

        story.Gateway.Say(Line("Ada", "one", Position("global", 1, 5)));
        story.Settle();
        Assert.Equal(1, story.Events.Count(one => one == "heard Global Ada: one"));
    }

    [Fact]
    public void Where_a_channel_begins_is_handed_to_the_next_map_until_a_line_was_seen()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { ChatBegins = Position("global", 1, 5) });
        story.Settle();
        Warping.Warp(story);
        Assert.Equal([Position("global", 1, 5)], story.Gateway.Last(Command.EnterMap).EnterMap.Heard);

        story.Gateway.Say(Line("Ada", "six", Position("global", 1, 6)));
        story.Gateway.Say(new MapEvent { ChatBegins = Position("global", 1, 5) });
        story.Settle();
        Warping.Warp(story);
        Assert.Equal([Position("global", 1, 6)], story.Gateway.Last(Command.EnterMap).EnterMap.Heard);
    }

    [Fact]
    public void Between_two_maps_a_line_for_everybody_waits_and_one_for_those_near_is_refused()
    {
        TaskCompletionSource? loading = null;
        using var story = Story.OnMap(options => options with { LoadMap = (visit, _) => visit.Map == "Map002" ? (loading = new()).Task : Task.CompletedTask });
        Warping.Warp(story);
        Assert.NotNull(loading);

        var local = Assert.IsType<Answer<SayAccepted>.Refused>(story.Play(story.Client.SayAsync("hello here")));
        var global = story.Client.GlobalAsync("hello all");
        story.Settle();
        Assert.Equal((ErrorCode.AlreadyWarping, false), (local.Code, global.IsCompleted));
        Assert.True(local.RetryAfter > TimeSpan.Zero);
        Assert.Equal(0, story.Gateway.Count(Command.Say));

        loading.SetResult();
        story.PassUntil(global).OrThrow();
        Assert.Equal("hello all", Assert.Single(story.Gateway.Received, one => one.CommandCase == Command.Say).Say.Text);
    }

    [Fact]
    public void A_line_that_the_server_could_not_take_on_the_way_is_said_again_by_itself()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.Say, ErrorCode.AlreadyWarping, retryAfterMs: 250);
        story.PassUntil(story.Client.GlobalAsync("hello all")).OrThrow();
        Assert.Equal(2, story.Gateway.Count(Command.Say));
    }

    [Fact]
    public void Lines_that_were_missed_for_good_are_told()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { ChatSkipped = new ChatSkipped { Channel = "global", Lines = 12 } });
        story.Settle();
        Assert.Equal(["skipped 12"], story.Events);
    }

    [Fact]
    public void Events_that_come_twice_are_told_once()
    {
        using var story = Story.OnMap();
        var twice = new MapEvent { Number = 1, Said = new Said { Kind = ChatKind.Local, From = "Ada", Text = "hi" } };
        story.Gateway.Latest.Send(new ServerMessage { Events = new MapEvents { Events = { twice, twice } } });
        story.Settle();
        Assert.Equal(["heard Local Ada: hi"], story.Events);
    }

    [Fact]
    public void A_time_beyond_the_calendar_does_not_end_the_connection()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = "hi", SentUnixMs = ulong.MaxValue } });
        story.Settle();
        Assert.Equal(["heard Local Ada: hi"], story.Events);
    }

    [Fact]
    public void Game_messages_travel_both_ways_and_only_refusals_are_told()
    {
        using var story = Story.OnMap();
        story.Client.SendGame(3, FakeGateway.Id("payload"));
        story.Settle();
        Assert.Equal(3u, story.Gateway.Last(Command.Game).Game.Kind);

        story.Gateway.Next(Command.Game, ErrorCode.GameMessageRefused);
        story.Client.SendGame(4, FakeGateway.Id("payload"));
        story.Settle();
        story.Gateway.Say(new MapEvent { Game = new GameMessage { Kind = 5 } });
        story.Settle();
        Assert.Equal(["game refused GameMessageRefused", "game 5"], story.Events);
    }

    private static MapEvent Line(string from, string text, ChatPosition? position) =>
        new() { Said = new Said { Kind = ChatKind.Global, From = from, Text = text, Position = position } };

    private static ChatPosition Position(string channel, long incarnation, long number) => new() { Channel = channel, Incarnation = incarnation, Number = number };
}
