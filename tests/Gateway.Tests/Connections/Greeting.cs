using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Gateways;
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
    public async Task Each_client_hears_soon_of_a_few_other_gateways_and_of_others_first()
    {
        await using var gateway = new GatewayUnderTest();
        TestClient[] clients = [await gateway.Greet(), await gateway.Greet(), await gateway.Greet(), await gateway.Greet()];
        gateway.Others.Heard([.. Enumerable.Range(1, 4).Select(number => Gateway($"g{number}"))]);

        gateway.CheckUp(TimeSpan.FromSeconds(1));

        var told = new List<string[]>();
        foreach (var client in clients)
            told.Add(await GatewaysToldTo(client));
        Assert.All(told, hosts => Assert.Equal(3, hosts.Distinct().Count()));
        Assert.Equal(4, told.Select(hosts => hosts[0]).Distinct().Count());
    }

    [Fact]
    public async Task And_again_when_others_have_come_or_gone()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();
        var (stays, goes) = (Gateway("stays"), Gateway("goes"));
        gateway.Others.Heard([stays, goes]);
        gateway.CheckUp(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await GatewaysToldTo(client)).Length);

        gateway.Others.Heard([stays with { Connections = 7 }, goes]);
        gateway.CheckUp(TimeSpan.FromSeconds(1));
        gateway.Others.Heard([stays]);
        gateway.CheckUp(TimeSpan.FromSeconds(1));

        Assert.Equal(["stays"], await GatewaysToldTo(client));
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

    private static async Task<string[]> GatewaysToldTo(TestClient client) =>
        [.. (await client.Receive(ServerMessage.FactOneofCase.GatewayList)).GatewayList.Endpoints.Select(endpoint => endpoint.Host)];

    private static GatewayReport Gateway(string host) =>
        new(GatewayId.New(), "", [new ClientEndpoint(EndpointTransport.Tcp, host, 7000, Secure: false)], Connections: 0, MaxConnections: 100);
}
