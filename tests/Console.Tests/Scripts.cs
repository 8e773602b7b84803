using MmoOrleans.ConsoleClient.Scripts;
using MmoOrleans.Protocol;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.ConsoleClient.Tests;

public class Scripts
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# a comment")]
    [InlineData("  # another")]
    public void Lines_that_say_nothing_are_skipped(string line) => Assert.Null(ScriptLine.Read(line));

    [Theory]
    [InlineData("login ada secret", new[] { "ada", "secret" })]
    [InlineData("login   ada   secret ", new[] { "ada", "secret" })]
    [InlineData("login ada \"my secret\"", new[] { "ada", "my secret" })]
    [InlineData("login ada \"say \\\"friend\\\"\"", new[] { "ada", "say \"friend\"" })]
    [InlineData("login ada pass\"word", new[] { "ada", "pass\"word" })]
    [InlineData("login ada \"\"", new[] { "ada", "" })]
    public void Words_are_cut_at_spaces_and_quoted_as_JSON(string line, string[] words) => Assert.Equal(words, ScriptLine.Read(line)!.Words());

    [Theory]
    [InlineData("login ada \"secret")]
    [InlineData("login ada \"secret\"x")]
    [InlineData("login ada \"\\q\"")]
    public void Quotes_that_do_not_close_are_refused(string line) => Assert.Null(ScriptLine.Read(line)!.Words());

    [Fact]
    public void The_last_text_takes_the_rest_of_the_line_as_it_is() =>
        Assert.Equal(["Ada", "he said \"hi\"  twice"], ScriptLine.Read("whisper Ada he said \"hi\"  twice ")!.WordsAndText(1));

    [Fact]
    public async Task Play_from_connecting_to_quitting()
    {
        var play = new Play();
        Assert.Equal(ExitCode.Done, await play.Run(Play.Enter + "where\nsay hello there\nglobal hi\nwhisper Ada psst\nwarps\nleave\ncharacters\nlogout\nquit\nnonsense\n"));
        Assert.Equal(
            [
                "ok connect address=tcp://central:7000 version=fake protocol=1",
                "ok login name=ada account=6163636f756e742e2e2e2e2e2e2e2e2e level=0",
                "ok select name=Barone channel=1 map=Map001 x=12.50 y=0.00 z=3.50",
                "ok where channel=1 map=Map001 x=12.50 y=0.00 z=3.50",
                "ok say", "ok global", "ok whisper", "ok warps count=1", "ok leave", "ok characters count=1 max=5", "ok logout", "ok quit",
            ],
            play.Answers);
        Assert.Contains("item warp name=gate map=Map002 x=60.00 z=30.00 width=2.00 length=2.00", play.Output.Lines);
        Assert.Equal("hello there", play.Gateway.Received.First(one => one.CommandCase == Command.Say).Say.Text);
    }

    [Fact]
    public async Task Tell_that_Central_is_left_before_the_map_is_connected()
    {
        var play = new Play();
        await play.Run(Play.Enter);
        var events = play.Output.Lines.Where(line => line.StartsWith("event central") || line.StartsWith("event map")).Select(line => string.Join(' ', line.Split(' ')[1..3]));
        Assert.Equal(["central connected", "central disconnected", "map connected", "map disconnected", "map stopped"], events);
    }

    [Fact]
    public async Task Stop_at_the_first_command_that_fails()
    {
        var play = new Play();
        play.Gateway.Next(Command.Login, ErrorCode.InvalidUsernameOrPassword);
        Assert.Equal(ExitCode.CommandFailed, await play.Run("connect\nlogin ada wrong\nchannels\n"));
        Assert.Equal("error login INVALID_USERNAME_OR_PASSWORD Not now.", play.Answers.Last());
        Assert.Equal(2, play.Answers.Count());
    }

    [Fact]
    public async Task Go_on_when_asked_and_tell_at_the_end()
    {
        var play = new Play("--server", "central:7000", "--keep-going");
        Assert.Equal(ExitCode.CommandFailed, await play.Run("connect\nnonsense\nlogin ada\nwhere\ndelete Nobody\nchannels\n"));
        Assert.Equal(
            ["ok connect address=tcp://central:7000 version=fake protocol=1", "error nonsense UNKNOWN_COMMAND help lists the commands.", "error login USAGE login NAME PASSWORD",
             "error where INVALID_STATE The character is on no map.", "error delete CHARACTER_NOT_FOUND The account has no character Nobody.", "ok channels count=1"],
            play.Answers);
    }

    [Fact]
    public async Task Connect_by_themselves_to_the_server_of_the_command_line()
    {
        var play = new Play("--websocket", "ws://central:7001/ws");
        Assert.Equal(ExitCode.Done, await play.Run("login ada secret\nchannels\n"));
        Assert.Equal("event central connected address=ws://central:7001/ws", play.Output.Lines[0]);
        Assert.Single(play.Gateway.Connections);
    }

    [Theory]
    [InlineData("connect\n", "error connect SERVICE_NOT_AVAILABLE tcp://central:7000 cannot be reached: Connection refused.")]
    [InlineData("login ada secret\n", "error login SERVICE_NOT_AVAILABLE tcp://central:7000 cannot be reached: Connection refused.")]
    public async Task Have_an_exit_code_of_their_own_when_nobody_answers(string script, string answer)
    {
        var play = new Play();
        play.Gateway.Refuse("central");
        Assert.Equal(ExitCode.CouldNotConnect, await play.Run(script));
        Assert.Equal([answer], play.Answers);
    }

    [Fact]
    public async Task On_a_terminal_go_on_after_a_failure_and_end_well()
    {
        var play = new Play();
        Assert.Equal(ExitCode.Done, await play.Run("nonsense\nhelp\nquit\n", isInteractive: true));
        Assert.Equal(["error nonsense UNKNOWN_COMMAND help lists the commands.", "ok help", "ok quit"], play.Answers);
        Assert.Contains(play.Output.Lines, line => line.StartsWith("# select NAME [CHANNEL]"));
    }

    [Theory]
    [InlineData("connect other host:7000", "error connect NO_SERVER")]
    [InlineData("connect \"other:7000\"", "ok connect address=tcp://other:7000")]
    public async Task Name_a_server_with_the_rest_of_the_line(string line, string answer)
    {
        var play = new Play("--server", "central:7000");
        await play.Run(line + "\n");
        Assert.StartsWith(answer, play.Answers.Single());
    }

    [Fact]
    public async Task Stay_on_one_connection_when_asked()
    {
        var play = new Play("--server", "central:7000", "--stay");
        Assert.Equal(ExitCode.Done, await play.Run(Play.Enter));
        Assert.Single(play.Gateway.Connections);
    }

    [Fact]
    public async Task Leave_the_map_when_they_end()
    {
        var play = new Play();
        await play.Run(Play.Enter);
        Assert.Equal(1, play.Gateway.Count(Command.LeaveMap));
    }
}
