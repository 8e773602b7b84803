using System.Net.WebSockets;
using System.Security.Authentication;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using MmoOrleans.Sdk.Transports;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Connections;

public class Connecting
{
    [Fact]
    public void Says_hello_with_the_versions_it_speaks_and_keeps_the_address()
    {
        using var story = Story.AtCentral();
        var hello = story.Gateway.Last(Command.Hello).Hello;
        Assert.Equal((1u, 1u), (hello.ProtocolMin, hello.ProtocolMax));
        Assert.StartsWith("sdk/", hello.Client);
        Assert.True(story.Client.IsConnectedToCentral);
        Assert.Equal(ServerEndpoint.Tcp("central", 7000), story.Client.CentralEndpoint);
        Assert.Equal(["central connected central"], story.Events);
    }

    [Fact]
    public void To_a_server_of_another_version_is_answered_with_its_reason()
    {
        using var story = new Story();
        story.Gateway.Next(Command.Hello, ErrorCode.InvalidPacketVersion);
        var answer = story.Play(story.Client.ConnectCentralAsync("central", 7000));
        Assert.Equal(ErrorCode.InvalidPacketVersion, answer.Code);
        Assert.False(story.Client.IsConnectedToCentral);
        Assert.False(story.Gateway.Latest.IsOpen);
        Assert.Empty(story.Events);
    }

    [Fact]
    public void That_is_closed_right_behind_the_welcome_is_refused_as_the_server_says()
    {
        using var story = new Story();
        story.Gateway.Next(Command.Hello, hello =>
        {
            story.Gateway.Latest.Send(new ServerMessage { RequestId = hello.RequestId, Welcome = story.Gateway.Welcome });
            story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerClose, Sentence = "Closing." } });
            return null;
        });
        var answer = story.Play(story.Client.ConnectCentralAsync("central", 7000));
        Assert.Equal((ErrorCode.ServerClose, "Closing."), (answer.Code, answer.Sentence));
        Assert.False(story.Client.IsConnectedToCentral);
        Assert.Empty(story.Events);
    }

    [Fact]
    public void To_nobody_is_an_answer_and_no_exception()
    {
        using var story = new Story();
        story.Gateway.Refuse("central");
        var answer = story.Play(story.Client.ConnectCentralAsync("central", 7000));
        Assert.IsType<Answer<Welcome>.NoAnswer>(answer);
        Assert.Equal("tcp://central:7000 cannot be reached: Connection refused.", answer.Sentence);
        Assert.Throws<MmoException>(answer.OrThrow);
    }

    [Fact]
    public void That_fails_says_why_also_where_the_transport_only_says_that_it_failed()
    {
        using var story = new Story();
        story.Gateway.Refuse("central", new WebSocketException("Unable to connect.", new IOException("No TLS.", new AuthenticationException("Nobody trusts it."))));
        var answer = story.Play(story.Client.ConnectCentralAsync("central", 7000));
        Assert.Equal("tcp://central:7000 cannot be reached: Nobody trusts it.", answer.Sentence);
    }

    [Fact]
    public void Gives_up_after_the_time_for_connecting()
    {
        using var story = new Story();
        var connecting = story.Client.ConnectCentralAsync("nowhere", 7000);
        story.Pass(9.9);
        Assert.False(connecting.IsCompleted);
        story.Pass(0.2);
        Assert.Equal(ErrorCode.ServiceNotAvailable, story.Play(connecting).Code);
    }

    [Fact]
    public void Can_be_cancelled_and_leaves_nothing_open()
    {
        using var story = new Story();
        using var cancellation = new CancellationTokenSource();
        var connecting = story.Client.ConnectCentralAsync("nowhere", 7000, cancellation.Token);
        story.Settle();
        cancellation.Cancel();
        story.Settle();
        Assert.True(connecting.IsCanceled);
        Assert.False(story.Gateway.Latest.IsOpen);
    }

    [Fact]
    public void Anew_closes_what_was_open_first()
    {
        using var story = Story.LoggedIn();
        story.Play(story.Client.ConnectCentralAsync("other", 7000)).OrThrow();
        Assert.False(story.Gateway.Connections[0].IsOpen);
        Assert.Equal("", story.Client.AccessToken);
        Assert.Equal(["central connected central", "central disconnected Requested", "central stopped", "central connected other"], story.Events);
    }

    [Fact]
    public void Again_while_still_connecting_takes_the_newer_address()
    {
        using var story = new Story();
        var first = story.Client.ConnectCentralAsync("nowhere", 7000);
        story.Settle();
        story.Play(story.Client.ConnectCentralAsync("central", 7000)).OrThrow();
        Assert.IsType<Answer<Welcome>.NoAnswer>(story.Play(first));
        Assert.Equal(["central connected central"], story.Events);
    }

    [Fact]
    public void Ends_when_asked_and_everything_kept_is_forgotten()
    {
        using var story = Story.LoggedIn();
        story.Play(Done(story.Client.DisconnectAsync()));
        Assert.False(story.Client.IsConnectedToCentral);
        Assert.True(story.Client.AccountId.IsEmpty);
        Assert.Equal(["central connected central", "central disconnected Requested", "central stopped"], story.Events);
    }

    [Fact]
    public void Ends_with_Central_and_everything_kept_is_forgotten()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Latest.Break();
        story.Settle();
        Assert.Equal("", story.Client.AccessToken);
        Assert.Equal(["central connected central", "central disconnected ConnectionLost", "central stopped"], story.Events);
    }

    [Fact]
    public void To_a_server_that_is_full_is_tried_again_when_it_says_so()
    {
        using var story = new Story();
        story.Gateway.Next(Command.Hello, _ => new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.ServerBusy, Sentence = "Full.", RetryAfterMs = 1000 } });
        var connecting = story.Client.ConnectCentralAsync("central", 7000);
        story.Pass(0.9);
        Assert.Single(story.Gateway.Connections);
        story.PassUntil(connecting, 1).OrThrow();
        Assert.Equal(2, story.Gateway.Connections.Count);
        Assert.Equal(["central connected central"], story.Events);
    }

    [Fact]
    public void Ends_on_a_map_with_a_farewell_that_is_not_waited_for_long()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.LeaveMap, _ => null);
        story.PassUntil(Done(story.Client.DisconnectAsync()), 3);
        Assert.Equal(1, story.Gateway.Count(Command.LeaveMap));
        Assert.Equal(["map disconnected Requested", "map stopped"], story.Events);
    }

    internal static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
