using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Accounts;

public class LoggingIn
{
    [Fact]
    public async Task A_registered_player_logs_in_and_lists_characters()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");

        var list = (await client.Ask(Commands.ListCharacters())).CharacterList;

        Assert.NotEmpty(login.AccessToken);
        Assert.Equal(5u, list.MaxCharacters);
    }

    [Fact]
    public async Task The_session_is_given_the_way_to_close_the_connection_and_uses_it()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        var holder = gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true)).Holder!;

        await holder.Gateway.Close(holder.Connection, Refusal.For(RefusalCode.AccountLoggedInByOther));

        Assert.Equal(ErrorCode.AccountLoggedInByOther, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task A_connection_that_is_being_seen_out_is_no_longer_there_for_its_session()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        var session = gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        session.Closing = () =>
        {
            begun.SetResult();
            return end.Task;
        };
        var holder = session.Holder!;

        Assert.Equal(Answer.Done, await holder.Gateway.Confirm(holder.Connection));
        client.Close();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.IsType<Denied<Done>>(await holder.Gateway.Confirm(holder.Connection));
        end.SetResult();
    }

    [Fact]
    public async Task The_session_learns_that_the_connection_is_gone()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        var session = gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true));

        client.Close();
        await client.Served;

        Assert.Equal([session.Holder!.Connection], session.Closed);
    }

    [Fact]
    public async Task Who_is_logged_in_renews_the_session_and_nobody_else_does()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        var session = gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true));
        await gateway.Renew();
        Assert.Equal([(session.Holder!.Connection, null)], session.Renewed);

        await client.Ask(new ClientMessage { Logout = new Logout() });
        await gateway.Renew();

        Assert.Single(session.Renewed);
    }

    [Fact]
    public async Task A_player_on_a_map_renews_with_the_map()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        await gateway.Renew();

        var session = gateway.World.Session(new Guid(player.Login.AccountId.Span, bigEndian: true));
        Assert.Equal(FakeWorld.Home, Assert.Single(session.Renewed).Map);
    }

    [Fact]
    public async Task A_connection_whose_session_went_to_another_is_told_when_it_renews()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        gateway.World.Session(new Guid(login.AccountId.Span, bigEndian: true)).RefuseRenewal = Refusal.For(RefusalCode.AccountLoggedInByOther);
        await gateway.Renew();

        Assert.Equal(ErrorCode.AccountLoggedInByOther, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task The_session_learns_that_the_connection_is_gone_though_the_map_does_not_answer()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        gateway.World.Map(FakeWorld.Home).LeavingFails = new TimeoutException("silent");
        var session = gateway.World.Session(new Guid(player.Login.AccountId.Span, bigEndian: true));

        player.Client.Close();
        await player.Client.Served;

        Assert.Equal([session.Holder!.Connection], session.Closed);
    }

    [Fact]
    public async Task A_token_logs_in_again_on_another_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var (_, login) = await gateway.Login("barone");
        var later = await gateway.Greet();

        var answer = await later.Ask(Commands.Login(login.AccountId, login.AccessToken));

        Assert.Equal(login.AccessToken, answer.LoggedIn.AccessToken);
    }

    [Fact]
    public async Task A_login_is_called_off_when_its_client_goes_after_the_password_was_right()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));
        var login = new SilentCall<Answer<AccountLogin>>();
        gateway.World.Account(gateway.World.Username("barone").Account.Value).LoggingIn = login;
        client.Send(Commands.Login("barone", "secret"));
        await login.Made;

        client.Close();

        await login.CalledOff;
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_the_connection_stays()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));

        Assert.Equal(ErrorCode.InvalidUsernameOrPassword, (await client.Ask(Commands.Login("barone", "wrong"))).Refused.Code);
        Assert.NotNull((await client.Ask(Commands.Login("barone", "secret"))).LoggedIn);
    }

    [Fact]
    public async Task A_name_that_no_account_can_have_never_reaches_a_grain()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        Assert.Equal(ErrorCode.InvalidUsernameOrPassword, (await client.Ask(Commands.Login("a/b", "secret"))).Refused.Code);
        Assert.Equal(ErrorCode.InvalidUsername, (await client.Ask(Commands.Register("a/b", "secret"))).Refused.Code);
        Assert.Equal(0, gateway.World.Username("a/b").PasswordsChecked);
    }

    [Fact]
    public async Task Failures_are_limited_per_address_and_successes_are_not_counted()
    {
        await using var gateway = new GatewayUnderTest(options => options.LoginFailuresPerMinutePerAddress = 3);
        for (var i = 0; i < 5; i++)
            await gateway.Login($"friend{i}");
        var client = await gateway.Greet();
        for (var i = 0; i < 3; i++)
            await client.Ask(Commands.Login("nobody", "guess"));

        var limited = (await client.Ask(Commands.Login("nobody", "guess"))).Refused;
        var elsewhere = await gateway.Greet("10.0.0.2");

        Assert.Equal(ErrorCode.RateLimited, limited.Code);
        Assert.True(limited.RetryAfterMs > 0);
        Assert.Equal(3, gateway.World.Username("nobody").PasswordsChecked);
        Assert.Equal(ErrorCode.InvalidUsernameOrPassword, (await elsewhere.Ask(Commands.Login("nobody", "guess"))).Refused.Code);
    }

    [Fact]
    public async Task A_logged_in_connection_does_not_log_in_again()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, _) = await gateway.Login("barone");

        Assert.Equal(ErrorCode.AlreadyLoggedIn, (await client.Ask(Commands.Login("barone", "secret"))).Refused.Code);
    }

    [Fact]
    public async Task Nothing_of_an_account_is_shown_before_login_nor_after_logout()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, _) = await gateway.Login("barone");
        await client.Ask(new ClientMessage { Logout = new Logout() });
        var stranger = await gateway.Greet();

        Assert.Equal(ErrorCode.NotLoggedIn, (await client.Ask(Commands.ListCharacters())).Refused.Code);
        Assert.Equal(ErrorCode.NotLoggedIn, (await stranger.Ask(Commands.ListCharacters())).Refused.Code);
        Assert.Equal("Channel 1", (await stranger.Ask(new ClientMessage { ListChannels = new ListChannels() })).ChannelList.Channels[0].Title);
    }
}
