using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Chat;

public class Talking
{
    [Fact]
    public async Task What_a_player_says_goes_to_the_map_under_the_visits_character()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");

        var answer = await player.Client.Ask(Commands.Chat("hello", ChatKind.Global));

        var said = Assert.Single(gateway.World.Map(FakeWorld.Home).Said);
        Assert.NotNull(answer.SayAccepted);
        Assert.Equal((ChatLineKind.Global, "hello", new Fence(1, 1)), (said.Kind, said.Text, said.Owner));
    }

    [Fact]
    public async Task A_refusal_of_the_map_is_the_answer()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        gateway.World.Map(FakeWorld.Home).RefuseSay = Refusal.For(RefusalCode.ChatEnterTooFast, TimeSpan.FromSeconds(3));

        var refused = (await player.Client.Ask(Commands.Chat("hello"))).Refused;

        Assert.Equal((ErrorCode.ChatEnterTooFast, 3000u), (refused.Code, refused.RetryAfterMs));
    }

    [Fact]
    public async Task Who_is_on_the_way_to_another_map_may_say_it_again_in_a_moment()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var map = gateway.World.Map(FakeWorld.Home);
        var ticket = new MapTicket(CharacterId.New(), new MapId("1", "Map002"), default, MapAddress.Unknown);
        await map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, new MovedAway(ticket), player.Entity)));
        await player.Client.Receive(ServerMessage.FactOneofCase.Events);

        var refused = (await player.Client.Ask(Commands.Chat("hello", ChatKind.Global))).Refused;

        Assert.Equal((ErrorCode.AlreadyWarping, 250u), (refused.Code, refused.RetryAfterMs));
        Assert.Empty(map.Said);
    }

    [Fact]
    public async Task Who_is_on_no_map_enters_one_first()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, _) = await gateway.Login("barone");

        var refused = (await client.Ask(Commands.Chat("hello", ChatKind.Global))).Refused;

        Assert.Equal((ErrorCode.AppNotReady, 0u), (refused.Code, refused.RetryAfterMs));
    }

    [Theory]
    [InlineData(ChatKind.System, 5, ErrorCode.InvalidMessage)]
    [InlineData((ChatKind)77, 5, ErrorCode.InvalidMessage)]
    [InlineData(ChatKind.Local, 501, ErrorCode.ChatTooLong)]
    public async Task What_no_client_may_say_never_reaches_the_map(ChatKind kind, int length, ErrorCode expected)
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");

        var refused = (await player.Client.Ask(Commands.Chat(new string('x', length), kind))).Refused;

        Assert.Equal(expected, refused.Code);
        Assert.Empty(gateway.World.Map(FakeWorld.Home).Said);
    }
}
