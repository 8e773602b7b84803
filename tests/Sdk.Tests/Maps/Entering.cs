using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Maps;

public class Entering
{
    [Fact]
    public void Disconnects_from_Central_before_it_connects_to_the_map()
    {
        using var story = Story.LoggedIn();
        story.Events.Clear();
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal(["central disconnected EnteringMap", "central stopped", "map connected map", "spawned Map001"], story.Events);
        Assert.False(story.Gateway.Connections[0].IsOpen);
        Assert.True(story.Client.IsConnectedToMap);
        Assert.False(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void Shows_account_token_character_and_ticket_at_the_door()
    {
        using var story = Story.OnMap();
        var enter = story.Gateway.Last(Command.EnterMap).EnterMap;
        Assert.Equal((FakeGateway.Id("account"), "token"), (enter.AccountId, enter.AccessToken));
        Assert.Equal((FakeGateway.Id("barone"), FakeGateway.Id("key-Map001")), (enter.CharacterId, enter.ConnectionKey));
    }

    [Fact]
    public void Tells_what_the_map_is_like()
    {
        using var story = Story.LoggedIn();
        var visit = story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal((7u, "Barone", "Map001", "1"), (visit.EntityId, visit.CharacterName, visit.Map, visit.ChannelId));
        Assert.Equal(new Vector3(12.5f, 0, 3.5f), visit.Start.Position);
        Assert.Equal(90f, visit.Start.HeadingDegrees);
        Assert.Equal(new Vector3(64, 0, 64), visit.Size);
        Assert.Equal(("gate", "Map002", new Vector3(60, 0, 30)), (visit.Warps[0].Name, visit.Warps[0].ToMap, visit.Warps[0].Corner));
        Assert.Equal(visit.Start, story.Client.World.Own!.Pose);
    }

    [Fact]
    public void Prefers_the_transport_that_led_to_Central()
    {
        using var story = new Story();
        Assert.True(Sdk.Transports.ServerEndpoint.TryParse("ws://central:7001/ws", out var central));
        story.Play(story.Client.ConnectCentralAsync(central)).OrThrow();
        story.Play(story.Client.LoginAsync("ada", "secret")).OrThrow();
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal("ws://map:7001/ws", story.Gateway.Latest.Endpoint!.ToString());
    }

    [Fact]
    public void Tries_the_maps_other_address_when_the_first_is_silent()
    {
        using var story = Story.LoggedIn();
        var to = story.Gateway.ConnectionTo("Map001");
        to.Endpoints[1].Host = "broken";
        story.Gateway.Refuse("broken");
        story.Play(story.Client.EnterMapAsync(to)).OrThrow();
        Assert.Equal("map", story.Gateway.Latest.Endpoint!.Host);
    }

    [Fact]
    public void A_map_that_is_never_reached_is_not_stopped_and_its_first_address_is_named()
    {
        using var story = Story.LoggedIn();
        var to = story.Gateway.ConnectionTo("Map001", "broken");
        to.Endpoints[0].Host = "also.broken";
        story.Gateway.Refuse("broken");
        story.Gateway.Refuse("also.broken");
        story.Events.Clear();
        var answer = Assert.IsType<Answer<Sdk.Maps.MapVisit>.NoAnswer>(story.Play(story.Client.EnterMapAsync(to)));
        Assert.Contains("tcp://broken:7000", answer.Sentence, StringComparison.Ordinal);
        Assert.Equal(["central disconnected EnteringMap", "central stopped", "central connected central"], story.Events);
    }

    [Fact]
    public void Loads_the_scene_between_acceptance_and_spawning()
    {
        var loading = new TaskCompletionSource<bool>();
        var loaded = "";
        using var story = Story.LoggedIn(options => options with { LoadMap = (visit, _) => { loaded = visit.Map; return loading.Task; } });
        var entering = story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"));
        story.Settle();
        Assert.Equal(("Map001", 0), (loaded, story.Gateway.Count(Command.ClientReady)));
        loading.SetResult(true);
        story.Play(entering).OrThrow();
        Assert.Equal(1, story.Gateway.Count(Command.ClientReady));
    }

    [Fact]
    public void With_an_expired_ticket_selects_again_by_itself()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.EnterMap, ErrorCode.TicketExpired);
        story.Events.Clear();
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal(
            ["central disconnected EnteringMap", "central stopped", "map connected map", "map disconnected Requested",
             "central connected central", "central disconnected EnteringMap", "central stopped", "map connected map", "spawned Map001"],
            story.Events);
        Assert.Equal((2, 2), (story.Gateway.Count(Command.Login), story.Gateway.Count(Command.SelectCharacter)));
    }

    [Fact]
    public void That_is_refused_leads_back_to_the_character_list()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.EnterMap, ErrorCode.MapIsFull);
        story.Events.Clear();
        var answer = story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone")));
        Assert.Equal(ErrorCode.MapIsFull, answer.Code);
        Assert.Equal(
            ["central disconnected EnteringMap", "central stopped", "map connected map", "map disconnected Requested", "map stopped", "central connected central"],
            story.Events);
        Assert.Equal("Barone", story.Play(story.Client.CharactersAsync()).OrThrow().Characters[0].Name);
    }

    [Fact]
    public void A_map_that_is_not_ready_is_waited_for()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.SelectCharacter, ErrorCode.MapServerNotReady, retryAfterMs: 500);
        story.PassUntil(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone")), 3).OrThrow();
        Assert.Equal(2, story.Gateway.Count(Command.SelectCharacter));
    }

    [Fact]
    public void Twice_at_once_is_refused()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.SelectCharacter, _ => null);
        var first = story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"));
        Assert.Equal(ErrorCode.InvalidState, story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).Code);
        story.Play(Connections.Connecting.Done(story.Client.DisconnectAsync()));
        Assert.IsType<Answer<Sdk.Maps.MapVisit>.NoAnswer>(story.Play(first));
    }

    [Fact]
    public void On_the_same_connection_tells_the_same_events_in_the_same_order()
    {
        using var story = Story.LoggedIn(options => options with { ReuseConnection = true });
        story.Events.Clear();
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        Assert.Equal(["central disconnected EnteringMap", "central stopped", "map connected central", "spawned Map001"], story.Events);
        Assert.Single(story.Gateway.Connections);
    }
}
