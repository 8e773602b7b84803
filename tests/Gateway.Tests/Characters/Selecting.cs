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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => selecting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Is_called_off_when_it_takes_too_long_and_the_client_is_told_to_come_back()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, selecting) = await Begin(gateway);

        var told = await gateway.AdvanceUntil(client.Receive(ServerMessage.FactOneofCase.Refused), TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.ServiceNotAvailable, told.Refused.Code);
        Assert.True(selecting.IsCanceled);
    }

    /// <summary>A selection that waits.</summary>
    private static async Task<(TestClient Client, Task<Answer<MapTicket>> Selecting)> Begin(GatewayUnderTest gateway)
    {
        var (client, login) = await gateway.Login("barone");
        var created = await client.Ask(Commands.CreateCharacter("barone"));
        var (asked, waiting) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<Answer<MapTicket>>());
        gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true)).Selecting = () =>
        {
            asked.SetResult();
            return waiting;
        };
        client.Send(Commands.Select(created.CharacterCreated.Character));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        return (client, waiting.Task);
    }
}
