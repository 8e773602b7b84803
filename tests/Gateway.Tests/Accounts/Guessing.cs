using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Accounts;

public class Guessing
{
    private const int Limit = 3;

    [Fact]
    public async Task A_hundred_at_once_from_one_address_are_no_more_guesses_than_the_limit()
    {
        await using var gateway = Limited();
        var held = new TaskCompletionSource();
        gateway.World.Username("barone").Hold = held.Task;
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => gateway.Greet()));
        var asking = clients.Select(client => client.Ask(Commands.Login("barone", "guess"))).ToList();
        while (asking.Where(answer => !answer.IsCompleted).ToList() is { Count: > Limit } waiting)
            await Task.WhenAny(waiting);
        held.SetResult();
        var codes = (await Task.WhenAll(asking)).Select(answer => answer.Refused.Code).ToList();

        Assert.Equal(Limit, gateway.World.Username("barone").PasswordsChecked);
        Assert.Equal(Limit, codes.Count(code => code == ErrorCode.InvalidUsernameOrPassword));
    }

    [Fact]
    public async Task Who_hangs_up_before_the_answer_has_had_the_guess()
    {
        await using var gateway = Limited();
        for (var number = 0; number < Limit; number++)
            await GuessAndHangUp(gateway, $"name{number}");

        var client = await gateway.Greet();
        Assert.Equal(ErrorCode.RateLimited, (await client.Ask(Commands.Login("barone", "guess"))).Refused.Code);
    }

    [Fact]
    public async Task A_right_password_gives_its_guess_back()
    {
        await using var gateway = Limited();
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));
        for (var number = 0; number < Limit + 1; number++)
        {
            Assert.NotNull((await client.Ask(Commands.Login("barone", "secret"))).LoggedIn);
            await client.Ask(new ClientMessage { Logout = new Logout() });
        }
    }

    [Fact]
    public async Task One_address_has_a_few_passwords_hashed_at_once_and_another_has_its_own()
    {
        await using var gateway = new GatewayUnderTest();
        var held = new TaskCompletionSource();
        gateway.World.Username("barone").Hold = held.Task;
        var clients = await Task.WhenAll(Enumerable.Range(0, HashingShares.MostPerAddress + 1).Select(_ => gateway.Greet()));
        var asking = clients.Select(client => client.Ask(Commands.Login("barone", "guess"))).ToList();

        var busy = (await await Task.WhenAny(asking)).Refused;
        var elsewhere = await gateway.Login("elsewhere", "10.0.0.2");
        held.SetResult();
        await Task.WhenAll(asking);

        Assert.Equal(ErrorCode.ServerBusy, busy.Code);
        Assert.True(busy.RetryAfterMs > 0);
        Assert.NotEmpty(elsewhere.Login.AccessToken);
    }

    private static GatewayUnderTest Limited() => new(options => options.LoginFailuresPerMinutePerAddress = Limit);

    private static async Task GuessAndHangUp(GatewayUnderTest gateway, string username)
    {
        gateway.World.Username(username).Hold = new TaskCompletionSource().Task;
        var client = await gateway.Greet();
        client.Send(Commands.Login(username, "guess"));
        await gateway.World.Username(username).Checking;
        client.Close();
        await client.Served;
    }
}
