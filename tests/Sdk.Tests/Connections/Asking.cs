using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Connections;

public class Asking
{
    [Fact]
    public void Answers_find_their_questions_in_any_order()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.ListChannels, _ => null);
        var channels = story.Client.ChannelsAsync();
        story.Settle();
        Assert.Equal("Barone", story.Play(story.Client.CharactersAsync()).OrThrow().Characters[0].Name);

        story.Gateway.Latest.Send(new ServerMessage { RequestId = story.Gateway.Last(Command.ListChannels).RequestId, ChannelList = new ChannelList() });
        Assert.Empty(story.Play(channels).OrThrow().Channels);
    }

    [Fact]
    public void Without_an_answer_ends_after_the_time_for_requests()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.ListChannels, _ => null);
        var channels = story.Client.ChannelsAsync();
        story.Pass(24.5);
        Assert.False(channels.IsCompleted);
        story.Pass(1);
        Assert.IsType<Answer<ChannelList>.NoAnswer>(story.Play(channels));
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void Ends_with_the_connection()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.ListChannels, _ => null);
        var channels = story.Client.ChannelsAsync();
        story.Settle();
        story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, Sentence = "Maintenance." } });
        var answer = story.Play(channels);
        Assert.IsType<Answer<ChannelList>.NoAnswer>(answer);
        Assert.Equal((ErrorCode.ServerClose, "Maintenance."), (answer.Code, answer.Sentence));
    }

    [Fact]
    public void Without_a_connection_is_an_answer()
    {
        using var story = new Story();
        Assert.IsType<Answer<ChannelList>.NoAnswer>(story.Play(story.Client.ChannelsAsync()));
    }

    [Fact]
    public void Can_be_cancelled_and_a_late_answer_is_passed_over()
    {
        using var story = Story.AtCentral();
        using var cancellation = new CancellationTokenSource();
        story.Gateway.Next(Command.ListChannels, _ => null);
        var channels = story.Client.ChannelsAsync(cancellation.Token);
        story.Settle();
        cancellation.Cancel();
        story.Settle();
        Assert.True(channels.IsCanceled);

        story.Gateway.Latest.Send(new ServerMessage { RequestId = story.Gateway.Last(Command.ListChannels).RequestId, ChannelList = new ChannelList() });
        story.Settle();
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void A_busy_server_again_happens_by_itself_and_not_before_its_time()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.Login, ErrorCode.ServerBusy, retryAfterMs: 1000);
        story.Gateway.Next(Command.Login, ErrorCode.RetryLater, retryAfterMs: 1000);
        var login = story.Client.LoginAsync("ada", "secret");
        story.Pass(0.95);
        Assert.Equal(1, story.Gateway.Count(Command.Login));
        story.PassUntil(login, 3).OrThrow();
        Assert.Equal(3, story.Gateway.Count(Command.Login));
        Assert.Equal(2, story.Client.Counters.BusyAnswers);
    }

    [Fact]
    public void Thousands_who_are_told_the_same_time_ask_again_spread_over_half_of_it_and_none_sooner()
    {
        var times = Enumerable.Range(1, 40).Select(seed => SecondsUntilAskedAgain(seed, toldMs: 4000)).ToList();
        Assert.All(times, time => Assert.InRange(time, 4, 6.1));
        Assert.True(times.Distinct().Count() > 15, $"They came at {string.Join(", ", times.Order())}.");
    }

    [Fact]
    public void A_busy_server_again_has_an_end()
    {
        using var story = Story.AtCentral(options => options with { BusyRetries = 2 });
        for (var time = 0; time < 5; time++) story.Gateway.Next(Command.Login, ErrorCode.ServerBusy, retryAfterMs: 100);
        var answer = story.PassUntil(story.Client.LoginAsync("ada", "secret"));
        Assert.Equal(ErrorCode.ServerBusy, answer.Code);
        Assert.Equal(3, story.Gateway.Count(Command.Login));
    }

    [Theory]
    [InlineData(ErrorCode.ServerBusy, 0u)] // no time was named
    [InlineData(ErrorCode.ServerBusy, 60_000u)] // longer than a player would wait
    [InlineData(ErrorCode.InvalidUsernameOrPassword, 1000u)] // no matter of being busy
    public void Again_is_left_to_the_caller_in_other_cases(ErrorCode code, uint retryAfterMs)
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.Login, code, retryAfterMs);
        var answer = story.Play(story.Client.LoginAsync("ada", "secret"));
        Assert.Equal(code, answer.Code);
        Assert.Equal(1, story.Gateway.Count(Command.Login));
    }

    private static double SecondsUntilAskedAgain(int seed, uint toldMs)
    {
        using var story = Story.AtCentral(options => options with { Seed = seed });
        story.Gateway.Next(Command.Login, ErrorCode.ServerBusy, toldMs);
        var login = story.Client.LoginAsync("ada", "secret");
        var seconds = 0.0;
        while (!login.IsCompleted)
        {
            Assert.True(seconds < 30, "The client has not asked again within 30 s.");
            story.Pass(0.05);
            seconds += 0.05;
        }

        return seconds;
    }
}
