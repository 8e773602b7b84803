namespace MmoOrleans.ConsoleClient.Tests;

public class CommandLines
{
    [Fact]
    public void Are_read_with_all_their_options()
    {
        var line = CommandLine.Parse(["--server", "localhost:7000", "--keep-going", "--timeout", "2.5", "--stay"], out _)!;
        Assert.Equal("tcp://localhost:7000", line.Server!.ToString());
        Assert.Equal((true, true, TimeSpan.FromSeconds(2.5)), (line.KeepGoing, line.Stay, line.Timeout));
    }

    [Theory]
    [InlineData("--server")]
    [InlineData("--server", "nowhere")]
    [InlineData("--server", "ws://host:7001/ws")]
    [InlineData("--websocket", "host:7001")]
    [InlineData("--server", "a:1", "--websocket", "ws://b:2/ws")]
    [InlineData("--timeout", "soon")]
    [InlineData("--timeout", "-1")]
    [InlineData("--what")]
    public void That_make_no_sense_are_told_apart(params string[] arguments)
    {
        Assert.Null(CommandLine.Parse(arguments, out var problem));
        Assert.NotEmpty(problem);
    }
}
