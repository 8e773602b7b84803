using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Characters;

public sealed class Selecting
{
    [Fact]
    public async Task Is_called_off_when_the_client_goes()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, selecting) = await Begin(gateway);

        client.Close();

        await selecting.CalledOff;
    }

    [Fact]
    public async Task Is_called_off_when_it_takes_too_long_and_the_client_is_told_to_come_back()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, selecting) = await Begin(gateway);

        var told = await gateway.AdvanceUntil(client.Receive(ServerMessage.FactOneofCase.Refused), TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.ServiceNotAvailable, told.Refused.Code);
        await selecting.CalledOff;
    }

    /// <summary>A selection that waits.</summary>
    private static async Task<(TestClient Client, SilentCall<Answer<MapTicket>> Selecting)> Begin(GatewayUnderTest gateway)
    {
        var (client, login) = await gateway.Login("barone");
        var created = await client.Ask(Commands.CreateCharacter("barone"));
        var selecting = new SilentCall<Answer<MapTicket>>();
        gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true)).Selecting = selecting;
        client.Send(Commands.Select(created.CharacterCreated.Character));
        await selecting.Made;
        return (client, selecting);
    }
}
