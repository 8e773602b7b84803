using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Central;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Tests.Central;

public class ServerLists
{
    [Fact]
    public void Have_a_title_an_address_and_perhaps_TLS_a_line()
    {
        var list = ServerList.Parse("# ours\r\nLocal, 127.0.0.1:7000\r\n\r\nEurope 1 , eu.example.org:7000 , secure\nBrowser,wss://eu.example.org:7001/play");
        Assert.Equal(
            [
                new ServerListEntry("Local", ServerEndpoint.Tcp("127.0.0.1", 7000)),
                new ServerListEntry("Europe 1", ServerEndpoint.Tcp("eu.example.org", 7000) with { Secure = true }),
                new ServerListEntry("Browser", new ServerEndpoint(Endpoint.Types.Transport.Websocket, "eu.example.org", 7001, true, "/play")),
            ],
            list.Servers);
        Assert.Empty(list.Skipped);
        Assert.Equal("Europe 1", list.Find("europe 1")!.Title);
    }

    [Theory]
    [InlineData("only a title")]
    [InlineData("A, host")]
    [InlineData("A, host:")]
    [InlineData("A, host:0")]
    [InlineData("A, host:70000")]
    [InlineData("A, host:12x")]
    [InlineData("A, :7000")]
    [InlineData("A, ftp://host:21")]
    public void Skip_lines_that_are_none_and_say_which(string line)
    {
        var list = ServerList.Parse("Local, 127.0.0.1:7000\n" + line);
        Assert.Single(list.Servers);
        Assert.Equal([2], list.Skipped);
    }

    [Theory]
    [InlineData("localhost:7000", "tcp://localhost:7000")]
    [InlineData("[::1]:7000", "tcp://[::1]:7000")]
    [InlineData("tls://host:7443", "tls://host:7443")]
    [InlineData("ws://host:7001", "ws://host:7001/ws")]
    [InlineData("wss://host:7001/a?b=c", "wss://host:7001/a?b=c")]
    public void Addresses_are_read_and_written_in_every_form(string text, string written)
    {
        Assert.True(ServerEndpoint.TryParse(text, out var endpoint));
        Assert.Equal(written, endpoint.ToString());
    }
}
