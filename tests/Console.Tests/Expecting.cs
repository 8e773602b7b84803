using MmoOrleans.Protocol;

namespace MmoOrleans.ConsoleClient.Tests;

public class Expecting
{
    [Fact]
    public async Task Finds_what_has_happened_already()
    {
        var play = new Play();
        Assert.Equal(ExitCode.Done, await play.Run(Play.Login + "characters\nexpect item character name=Barone\n"));
    }

    [Fact]
    public async Task Waits_for_what_has_not_happened_yet()
    {
        var play = new Play();
        var run = play.Run(Play.Enter + "expect chat channel=global from=Ada text=\"good morning\"\n");
        await play.Output.WaitFor("ok select");
        play.Gateway.Say(new MapEvent { Said = new Said { Kind = ChatKind.Global, From = "Ada", Text = "good morning" } });
        Assert.Equal(ExitCode.Done, await run);
        Assert.Contains("event chat channel=global from=Ada text=\"good morning\"", play.Output.Lines);
    }

    [Fact]
    public async Task Looks_only_behind_the_line_that_matched_last()
    {
        var play = new Play("--server", "central:7000", "--timeout", "0.05");
        Assert.Equal(ExitCode.Done, await play.Run(Play.Login + "channels\ncharacters\nexpect item channel\nexpect item character\n"));
        play = new Play("--server", "central:7000", "--timeout", "0.05");
        Assert.Equal(ExitCode.CommandFailed, await play.Run(Play.Login + "channels\ncharacters\nexpect item character\nexpect item channel\n"));
        Assert.Equal("error expect TIMEOUT No event or item line with \"item channel\" came within 0.05 s.", play.Answers.Last());
    }

    [Fact]
    public async Task Never_looks_at_answers_or_input()
    {
        var play = new Play("--server", "central:7000", "--timeout", "0.05", "--keep-going");
        Assert.Equal(ExitCode.CommandFailed, await play.Run(Play.Login + "nonsense\nexpect ok login\nexpect error nonsense\nexpect expect\n"));
        Assert.Equal(3, play.Answers.Count(line => line.StartsWith("error expect TIMEOUT")));
    }

    [Fact]
    public async Task A_warp_and_a_kick()
    {
        var play = new Play();
        var run = play.Run(Play.Enter + "expect warped map=Map002\nexpect kicked reason=ACCOUNT_LOGGED_IN_BY_OTHER\nexpect map disconnected\n");
        await play.Output.WaitFor("ok select");
        play.Gateway.Map = "Map002";
        play.Gateway.Say(new MapEvent { Warped = new Warped { To = play.Gateway.ConnectionTo("Map002") } });
        await play.Output.WaitFor("event warped");
        play.Gateway.Latest.Send(new ServerMessage { Disconnecting = new Disconnecting { Code = ErrorCode.AccountLoggedInByOther, Sentence = "Elsewhere." } });
        Assert.Equal(ExitCode.Done, await run);
    }
}
