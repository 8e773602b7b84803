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

    [Fact]
    public void Name_a_server_with_tls_by_its_scheme() =>
        Assert.Equal("tls://localhost:7000", CommandLine.Parse(["--server", "tls://localhost:7000"], out _)!.Server!.ToString());

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
