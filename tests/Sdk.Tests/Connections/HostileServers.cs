using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.Sdk.Tests.Connections;

public class HostileServers
{
    [Fact]
    public void Bytes_that_are_no_message_end_the_connection_with_a_reason()
    {
        using var story = Story.AtCentral();
        DisconnectReason? reason = null;
        story.Client.CentralDisconnected += why => reason = why;
        story.Gateway.Latest.SendBytes(0x07, 0xFF);
        story.Settle();
        Assert.Equal((DisconnectCause.Malformed, ErrorCode.InvalidMessage), (reason!.Cause, reason.Code));
        Assert.False(story.Gateway.Latest.IsOpen);
    }

    [Fact]
    public void A_map_that_sends_nonsense_is_not_resumed()
    {
        using var story = Story.OnMap();
        var connections = story.Gateway.Connections.Count;
        story.Gateway.Latest.SendBytes(0x07);
        story.Pass(5);
        Assert.Equal(["map disconnected Malformed", "map stopped"], story.Events);
        Assert.Equal(connections, story.Gateway.Connections.Count);
    }

    [Fact]
    public void Facts_of_a_newer_server_are_passed_over()
    {
        using var story = Story.AtCentral();
        story.Gateway.Latest.SendBytes(0xA2, 0x06, 0x00);
        story.Gateway.Latest.SendBytes();
        story.Settle();
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void An_answer_of_the_wrong_kind_is_no_answer()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(ClientMessage.CommandOneofCase.ListChannels, _ => new ServerMessage { LoggedOut = new LoggedOut() });
        var answer = story.Play(story.Client.ChannelsAsync());
        Assert.Equal((ErrorCode.InvalidMessage, "The server answered LoggedOut to ListChannels."), (answer.Code, answer.Sentence));
    }

    [Fact]
    public void Frames_and_events_without_a_map_change_nothing()
    {
        using var story = Story.AtCentral();
        story.Gateway.Frame(new EntityState { Id = 9, Identity = new EntityIdentity { Name = "Ghost" } });
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ghost", Text = "boo" } });
        story.Gateway.Say(new MapEvent { Warped = new Warped { To = story.Gateway.ConnectionTo("Map002") } });
        story.Settle();
        Assert.Equal(["central connected central"], story.Events);
        Assert.Empty(story.Client.World.Entities);
    }
}
