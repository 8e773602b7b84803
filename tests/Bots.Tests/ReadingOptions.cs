using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Tests;

public sealed class ReadingOptions
{
    private static BotOptions Read(string line) => OptionReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var options = Read("--server 127.0.0.1:7000 --clients 200 --seconds 20");

        Assert.Equal(new BotOptions { Server = ServerEndpoint.Tcp("127.0.0.1", 7000), Clients = 200, Duration = TimeSpan.FromSeconds(20) }, options);
    }

    [Fact]
    public void Every_switch_of_a_run_is_read()
    {
        var options = Read("--websocket ws://h:7001/ws --clients 3 --seconds 1.5 --rate 5 --chat-rate 0.1 --channels a,b --area 1000 --spread 30 --warm-up 2 --settle true --deaf 1 --prefix a_1 --accounts a --ramp 10 --seed -7 --history h --json j");

        Assert.Equal(
            new BotOptions
            {
                Server = new ServerEndpoint(Endpoint.Types.Transport.Websocket, "h", 7001),
                Clients = 3,
                Duration = TimeSpan.FromSeconds(1.5),
                MovesPerSecond = 5,
                LinesPerSecond = 0.1,
                Channels = "a,b",
                AreaMetres = 1000,
                Spread = TimeSpan.FromSeconds(30),
                WarmUp = TimeSpan.FromSeconds(2),
                Settles = true,
                Deaf = 1,
                Prefix = "a_1",
                AccountsPath = "a",
                LoginsPerSecond = 10,
                Seed = -7,
                HistoryPath = "h",
                JsonPath = "j",
            },
            options);
    }

    [Fact]
    public void Channels_are_taken_in_turns() =>
        Assert.Equal(["a", "b", "a"], Enumerable.Range(0, 3).Select(Read("--server h:1 --clients 3 --seconds 1 --channels a,b").ChannelOf));

    [Theory]
    [InlineData("--clients 1 --seconds 1", "--server")]
    [InlineData("--server h:1 --seconds 1", "--clients")]
    [InlineData("--server h:1 --clients 1", "--seconds")]
    [InlineData("--server h --clients 1 --seconds 1", "--server h: expected HOST:PORT.")]
    [InlineData("--websocket tcp://h:1 --clients 1 --seconds 1", "--websocket")]
    [InlineData("--server h:1 --clients 1.5 --seconds 1", "--clients 1.5")]
    [InlineData("--server h:1 --clients 0 --seconds 1", "--clients 0")]
    [InlineData("--server h:1 --clients 1 --seconds NaN", "--seconds NaN")]
    [InlineData("--server h:1 --clients 1 --seconds 1 --clients 2", "twice")]
    [InlineData("--server h:1 --clients 1 --seconds 1 --prefix a-b", "--prefix a-b")]
    [InlineData("--server h:1 --clients 1 --seconds 1 --prefix abcdefghij", "--prefix")]
    [InlineData("--server h:1 --clients 1 --seconds 1 --fast 1", "--fast")]
    [InlineData("--server h:1 --clients 1 --seconds", "--seconds needs a value.")]
    [InlineData("--server h:1 --verify /no/such/file", "/no/such/file")]
    [InlineData("--server h:1 --clients 1 --seconds 1 --json /no/such/folder/file", "--json")]
    public void A_wrong_switch_is_named(string line, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => Read(line)).Message);

    [Fact]
    public async Task Wrong_usage_ends_with_2_and_help_with_0()
    {
        var command = new Command(TextWriter.Null, TextWriter.Null, TimeProvider.System);

        Assert.Equal(2, await command.Run(["--nonsense"], default));
        Assert.Equal(0, await command.Run(["--help"], default));
    }
}
