using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Maps;

public class Warping
{
    [Fact]
    public void Disconnects_connects_there_and_enters_with_the_same_ids()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(WorldView.Player(8, "Ada", 100, 100));
        story.Settle();
        story.Events.Clear();

        Warp(story);
        Assert.Equal(["warping Map002", "map disconnected Warping", "map connected map2", "left Ada", "spawned Map002", "warped Map002"], story.Events);
        var enter = story.Gateway.Last(Command.EnterMap).EnterMap;
        Assert.Equal((FakeGateway.Id("account"), FakeGateway.Id("barone"), FakeGateway.Id("key-Map002")), (enter.AccountId, enter.CharacterId, enter.ConnectionKey));
        Assert.Equal("Map002", story.Client.World.Visit!.Map);
        Assert.False(story.Gateway.Connections[1].IsOpen);
    }

    [Fact]
    public void On_the_same_connection_tells_the_same_events()
    {
        using var story = Story.OnMap(options => options with { ReuseConnection = true });
        Warp(story);
        Assert.Equal(["warping Map002", "map disconnected Warping", "map connected central", "spawned Map002", "warped Map002"], story.Events);
        Assert.Single(story.Gateway.Connections);
    }

    [Fact]
    public void With_an_expired_ticket_selects_again()
    {
        using var story = Story.OnMap();
        story.Gateway.Next(Command.EnterMap, ErrorCode.TicketExpired);
        Warp(story);
        Assert.Equal("warped Map002", story.Events[^1]);
        Assert.Equal(2, story.Gateway.Count(Command.SelectCharacter));
    }

    [Fact]
    public void To_a_gateway_that_is_down_selects_again()
    {
        using var story = Story.OnMap();
        story.Gateway.Refuse("map2");
        Warp(story);
        story.Pass(1);
        Assert.Equal("warped Map002", story.Events[^1]);
    }

    [Fact]
    public void That_is_refused_lets_the_player_walk_on()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { WarpRefused = new WarpRefused { ToMap = "Map002", Code = ErrorCode.MapIsFull, Sentence = "Full." } });
        story.Settle();
        Assert.Equal(["warp refused Map002 MapIsFull"], story.Events);
        Assert.True(story.Client.World.IsSpawned);
    }

    [Fact]
    public void Inside_the_map_moves_the_own_character()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { Teleported = new Teleported { XCm = 100, ZCm = 200, InputSequence = 40 } });
        story.Settle();
        Assert.Equal(["teleported 1 2"], story.Events);
        Assert.Equal(1, story.Client.World.Own!.Position.X);
        story.Client.Move(new(1, 0, 2), 0);
        story.Settle();
        Assert.Equal(41u, story.Gateway.Last(Command.Move).Move.InputSequence);
    }

    [Fact]
    public void Right_after_spawning_is_not_lost()
    {
        using var story = Story.LoggedIn();
        var entering = story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"));
        story.Gateway.Next(Command.ClientReady, ready =>
        {
            story.Gateway.Latest.Send(new ServerMessage { RequestId = ready.RequestId, Spawned = new Spawned() });
            story.Gateway.Map = "Map002";
            story.Gateway.Say(new MapEvent { Warped = new Warped { To = story.Gateway.ConnectionTo("Map002", "map2") } });
            return null;
        });
        story.Play(entering).OrThrow();
        story.Settle();
        Assert.Equal("warped Map002", story.Events[^1]);
    }

    internal static void Warp(Story story)
    {
        story.Gateway.Map = "Map002";
        story.Gateway.Say(new MapEvent { Warped = new Warped { To = story.Gateway.ConnectionTo("Map002", "map2") } });
        story.Settle();
    }
}
