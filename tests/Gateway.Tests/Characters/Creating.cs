using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Characters;

public sealed class Creating
{
    [Fact]
    public async Task Is_called_off_when_the_client_goes()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, creating) = await Begin(gateway);

        client.Close();

        await creating.CalledOff;
    }

    [Fact]
    public async Task Is_called_off_when_it_takes_too_long_and_the_client_is_told_to_come_back()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, creating) = await Begin(gateway);

        var told = await gateway.AdvanceUntil(client.Receive(ServerMessage.FactOneofCase.Refused), TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.ServiceNotAvailable, told.Refused.Code);
        await creating.CalledOff;
    }

    /// <summary>A creation that waits.</summary>
    private static async Task<(TestClient Client, SilentCall<Answer<CharacterListed>> Creating)> Begin(GatewayUnderTest gateway)
    {
        var (client, login) = await gateway.Login("barone");
        var creating = new SilentCall<Answer<CharacterListed>>();
        gateway.World.Account(new Guid(login.AccountId.Span, bigEndian: true)).Creating = creating;
        client.Send(Commands.CreateCharacter("barone"));
        await creating.Made;
        return (client, creating);
    }
}
