using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Accounts;

public class LoggingIn
{
    [Fact]
    public void Keeps_the_account_and_the_token()
    {
        using var story = Story.AtCentral();
        Assert.True(story.Play(story.Client.LoginAsync("ada", "secret")).IsGranted(out _));
        Assert.Equal(FakeGateway.Id("account"), story.Client.AccountId);
        Assert.Equal("token", story.Client.AccessToken);
    }

    [Fact]
    public void Forgets_the_former_login_also_when_refused()
    {
        using var story = Story.AtCentral();
        story.Gateway.Next(Command.Login, ErrorCode.InvalidUserToken);
        story.Play(story.Client.ValidateTokenAsync(FakeGateway.Id("account"), "kept"));
        Assert.Equal("kept", story.Client.AccessToken);
        story.Gateway.Next(Command.Login, ErrorCode.InvalidUsernameOrPassword);
        var answer = story.Play(story.Client.LoginAsync("ada", "wrong"));
        Assert.Equal((ErrorCode.InvalidUsernameOrPassword, "Not now."), (answer.Code, answer.Sentence));
        Assert.True(story.Client.AccountId.IsEmpty);
        Assert.Equal("", story.Client.AccessToken);
    }

    [Fact]
    public void Works_with_a_token_that_the_game_has_kept()
    {
        using var story = Story.AtCentral();
        story.Play(story.Client.ValidateTokenAsync(FakeGateway.Id("account"), "kept")).OrThrow();
        Assert.Equal("kept", story.Gateway.Last(Command.Login).Login.Token.AccessToken);
    }

    [Fact]
    public void Twice_is_refused_and_the_first_login_goes_on()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.Login, ErrorCode.AlreadyLoggedIn);
        Assert.Equal(ErrorCode.AlreadyLoggedIn, story.Play(story.Client.LoginAsync("ada", "secret")).Code);
        story.Gateway.Next(Command.Login, ErrorCode.AlreadyLoggedIn);
        Assert.Equal(ErrorCode.AlreadyLoggedIn, story.Play(story.Client.ValidateTokenAsync(FakeGateway.Id("other"), "other")).Code);
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        var enter = story.Gateway.Last(Command.EnterMap).EnterMap;
        Assert.Equal((FakeGateway.Id("account"), "token"), (enter.AccountId, enter.AccessToken));
    }

    [Fact]
    public void Registering_does_not_log_in()
    {
        using var story = Story.AtCentral();
        story.Play(story.Client.RegisterAsync("ada", " secret ", "ada@example.org")).OrThrow();
        var register = story.Gateway.Last(Command.Register).Register;
        Assert.Equal(("ada", " secret ", "ada@example.org"), (register.Username, register.Password, register.Email));
        Assert.Equal("", story.Client.AccessToken);
    }

    [Fact]
    public void Logging_out_forgets_everything_whatever_the_answer()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Next(Command.Logout, ErrorCode.InternalServerError);
        Assert.Equal(ErrorCode.InternalServerError, story.Play(story.Client.LogoutAsync()).Code);
        Assert.True(story.Client.AccountId.IsEmpty);
        Assert.True(story.Client.IsConnectedToCentral);
    }

    [Fact]
    public void Elsewhere_ends_the_login_here()
    {
        using var story = Story.LoggedIn();
        story.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.AccountLoggedInByOther, Sentence = "Logged in elsewhere." } });
        story.Settle();
        Assert.Equal(["central connected central", "kicked AccountLoggedInByOther", "central disconnected ServerClosed", "central stopped"], story.Events);
        Assert.Equal("", story.Client.AccessToken);
    }

    [Fact]
    public void Error_codes_have_the_names_of_the_contract()
    {
        Assert.Equal("ACCOUNT_LOGGED_IN_BY_OTHER", ErrorNames.Of(ErrorCode.AccountLoggedInByOther));
        Assert.Equal("ERROR_9999", ErrorNames.Of((ErrorCode)9999));
    }
}
