using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Maps;

public class Leaving
{
    [Fact]
    public void Returns_to_the_character_list_with_the_token_validated()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(WorldView.Player(8, "Ada", 100, 100));
        story.Settle();
        story.Events.Clear();

        story.Play(story.Client.LeaveMapAsync()).OrThrow();
        Assert.Equal(["map disconnected Requested", "left Ada", "map stopped", "central connected central"], story.Events);
        Assert.Equal("token", story.Gateway.Last(Command.Login).Login.Token.AccessToken);
        Assert.Null(story.Client.World.Visit);
        Assert.Equal("Barone", story.Play(story.Client.CharactersAsync()).OrThrow().Characters[0].Name);
    }

    [Fact]
    public void Cannot_be_refused()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.LeaveMap, ErrorCode.InternalServerError);
        story.Play(story.Client.LeaveMapAsync()).OrThrow();
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void On_the_same_connection_needs_no_second_login()
    {
        using var story = Story.OnMap(options => options with { ReuseConnection = true });
        story.Play(story.Client.LeaveMapAsync()).OrThrow();
        Assert.Equal(["map disconnected Requested", "map stopped", "central connected central"], story.Events);
        Assert.Equal(1, story.Gateway.Count(Command.Login));
        Assert.Single(story.Gateway.Connections);
    }

    [Fact]
    public void Without_a_map_is_refused()
    {
        using var story = Story.LoggedIn();
        Assert.Equal(ErrorCode.InvalidState, story.Play(story.Client.LeaveMapAsync()).Code);
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void With_a_token_that_is_void_ends_logged_out()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.Login, ErrorCode.InvalidUserToken);
        Assert.Equal(ErrorCode.InvalidUserToken, story.Play(story.Client.LeaveMapAsync()).Code);
        Assert.Equal("", story.Client.AccessToken);
    }
}
