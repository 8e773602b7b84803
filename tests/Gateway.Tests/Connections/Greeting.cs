using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Connections;

public class Greeting
{
    [Fact]
    public async Task A_hello_is_answered_with_the_version_and_the_limits()
    {
        await using var gateway = new GatewayUnderTest();
        var client = gateway.Connect();

        var welcome = (await client.Ask(Commands.Hello())).Welcome;

        Assert.Equal(1u, welcome.Protocol);
        Assert.Equal(ServerInstance.Version, welcome.ServerVersion);
        Assert.Equal(30_000u, welcome.IdleTimeoutMs);
        Assert.Equal(8_192u, welcome.MaxFrameBytes);
    }

    [Fact]
    public async Task A_client_of_another_version_is_refused_and_parted_from()
    {
        await using var gateway = new GatewayUnderTest();
        var client = gateway.Connect();

        var refused = (await client.Ask(Commands.Hello(2, 9))).Refused;
        var end = await client.ReceiveEnd();

        Assert.Equal(ErrorCode.InvalidPacketVersion, refused.Code);
        Assert.Equal(ErrorCode.InvalidPacketVersion, end.Code);
    }

    [Fact]
    public async Task A_client_that_does_not_begin_with_hello_is_closed()
    {
        await using var gateway = new GatewayUnderTest();
        var client = gateway.Connect();

        client.Send(Commands.Login("barone", "secret"));

        Assert.Equal(ErrorCode.InvalidState, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task A_second_hello_is_refused()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        Assert.Equal(ErrorCode.InvalidState, (await client.Ask(Commands.Hello())).Refused.Code);
    }

    [Fact]
    public async Task A_ping_comes_back_with_its_value_and_the_servers_clock()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        client.Send(Commands.Ping(42));
        var pong = (await client.Receive(ServerMessage.FactOneofCase.Pong)).Pong;

        Assert.Equal(42u, pong.Value);
        Assert.Equal((ulong)gateway.Time.GetUtcNow().ToUnixTimeMilliseconds(), pong.ServerTimeMs);
    }
}
