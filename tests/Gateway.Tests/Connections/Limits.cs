using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Connections;

public class Limits
{
    [Fact]
    public async Task Silence_is_asked_about_and_then_ends_the_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        gateway.CheckUp(after: TimeSpan.FromSeconds(10));
        await client.Receive(ServerMessage.FactOneofCase.Ping);
        gateway.CheckUp(after: TimeSpan.FromSeconds(20));

        Assert.Equal(ErrorCode.IdleTimeout, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task An_answer_to_the_ping_keeps_the_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        for (var i = 0; i < 5; i++)
        {
            gateway.CheckUp(after: TimeSpan.FromSeconds(10));
            var ping = await client.Receive(ServerMessage.FactOneofCase.Ping);
            client.Send(new ClientMessage { Pong = new Pong { Value = ping.Ping.Value } });
            await client.Ask(new ClientMessage { ListChannels = new ListChannels() });
        }
    }

    [Fact]
    public async Task Who_never_says_hello_is_closed()
    {
        await using var gateway = new GatewayUnderTest();
        var client = gateway.Connect();

        gateway.CheckUp(after: TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCode.IdleTimeout, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Who_pings_and_never_logs_in_is_closed()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        gateway.CheckUp(after: TimeSpan.FromSeconds(1));
        for (var i = 0; i < 6; i++)
        {
            client.Send(Commands.Ping(1));
            await client.Receive(ServerMessage.FactOneofCase.Pong);
            gateway.CheckUp(after: TimeSpan.FromSeconds(10));
        }

        Assert.Equal(ErrorCode.IdleTimeout, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Who_has_logged_in_stays()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, _) = await gateway.Login("barone");

        for (var i = 0; i < 12; i++)
        {
            client.Send(Commands.Ping(1));
            await client.Receive(ServerMessage.FactOneofCase.Pong);
            gateway.CheckUp(after: TimeSpan.FromSeconds(10));
        }

        Assert.NotNull((await client.Ask(Commands.ListCharacters())).CharacterList);
    }

    [Fact]
    public async Task Addresses_of_one_ipv6_network_count_as_one()
    {
        await using var gateway = new GatewayUnderTest(options => options.MaxConnectionsPerAddress = 1);
        await gateway.Greet("2001:db8:0:1::1");

        Assert.Equal(ErrorCode.ServerBusy, (await gateway.Connect("2001:db8:0:1:ffff::2").ReceiveEnd()).Code);
        await gateway.Greet("2001:db8:0:2::1");
    }

    [Fact]
    public async Task Many_who_are_turned_away_at_once_are_cut_without_a_word()
    {
        await using var gateway = new GatewayUnderTest(options => (options.MaxConnections, options.Limits.TurnedAwayAtOnce) = (1, 2));
        await gateway.Greet();
        TestClient[] told = [gateway.Connect(), gateway.Connect()];

        Assert.Null(await gateway.Connect().ReceiveLast());
        foreach (var client in told)
            Assert.Equal(ErrorCode.ServerBusy, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Channels_are_asked_of_central_once_a_second_however_many_ask()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        for (var i = 0; i < 5; i++)
            await client.Ask(new ClientMessage { ListChannels = new ListChannels() });
        Assert.Equal(1, gateway.World.Central.ChannelsAsked);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await client.Ask(new ClientMessage { ListChannels = new ListChannels() });

        Assert.Equal(2, gateway.World.Central.ChannelsAsked);
    }

    [Fact]
    public async Task Long_messages_count_as_several()
    {
        await using var gateway = new GatewayUnderTest(options => (options.Limits.MessageBurst, options.Limits.MessagesPerSecond) = (20, 1));
        var (client, _) = await gateway.Login("barone");

        for (var i = 0; i < 3; i++)
            client.Send(Commands.Chat(new string('x', 4000)));

        Assert.Equal(ErrorCode.RateLimited, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Waiting_requests_are_bounded_by_their_bytes_too()
    {
        await using var gateway = new GatewayUnderTest(options => options.Limits.WaitingRequestBytes = 5000);
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));
        var hold = new TaskCompletionSource();
        gateway.World.Username("barone").Hold = hold.Task;
        client.Send(Commands.Login("barone", "secret"));
        await gateway.World.Username("barone").Checking;

        client.Send(Commands.Chat(new string('x', 3000)));
        var second = client.Send(Commands.Chat(new string('x', 3000)));

        var refused = await client.Receive(ServerMessage.FactOneofCase.Refused);
        Assert.Equal((second, ErrorCode.ServerBusy), (refused.RequestId, refused.Refused.Code));
        hold.SetResult();
    }

    [Fact]
    public async Task One_connection_too_many_is_told_to_come_again()
    {
        await using var gateway = new GatewayUnderTest(options => options.MaxConnections = 2);
        var first = await gateway.Greet();
        await gateway.Greet();
        var third = gateway.Connect();

        var end = await third.ReceiveEnd();

        Assert.Equal((ErrorCode.ServerBusy, 5000u), (end.Code, end.RetryAfterMs));
        first.Close();
        await first.Served;
        await gateway.Greet();
    }

    [Fact]
    public async Task One_address_has_only_so_many_connections_when_that_is_wanted()
    {
        await using var gateway = new GatewayUnderTest(options => options.MaxConnectionsPerAddress = 1);
        await gateway.Greet("10.0.0.1");
        var second = gateway.Connect("10.0.0.1");

        Assert.Equal(ErrorCode.ServerBusy, (await second.ReceiveEnd()).Code);
        await gateway.Greet("10.0.0.2");
    }

    [Fact]
    public async Task Requests_beyond_the_limit_are_refused_with_a_time()
    {
        await using var gateway = new GatewayUnderTest(options => (options.Limits.RequestBurst, options.Limits.RequestsPerSecond) = (3, 10));
        var client = await gateway.Greet();
        for (var i = 0; i < 3; i++)
            await client.Ask(new ClientMessage { ListChannels = new ListChannels() });

        var refused = (await AskUntilRefused(client)).Refused;

        Assert.Equal(ErrorCode.RateLimited, refused.Code);
        Assert.True(refused.RetryAfterMs > 0);
    }

    [Fact]
    public async Task A_flood_of_messages_ends_the_connection()
    {
        await using var gateway = new GatewayUnderTest(options => (options.Limits.MessageBurst, options.Limits.MessagesPerSecond) = (20, 10));
        var client = await gateway.Greet();

        for (var i = 0; i < 500; i++)
            client.Send(Commands.Ping(1));

        Assert.Equal(ErrorCode.RateLimited, (await client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Requests_wait_in_order_behind_a_slow_one_up_to_a_bound_while_pings_pass()
    {
        await using var gateway = new GatewayUnderTest(options => options.Limits.WaitingRequests = 2);
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));
        var hold = new TaskCompletionSource();
        gateway.World.Username("barone").Hold = hold.Task;

        var login = client.Send(Commands.Login("barone", "secret"));
        await gateway.World.Username("barone").Checking;
        var list = client.Send(Commands.ListCharacters());
        client.Send(Commands.ListCharacters());
        var third = client.Send(Commands.ListCharacters());
        client.Send(Commands.Ping(3));

        var refused = await client.Receive(ServerMessage.FactOneofCase.Refused);
        Assert.Equal((third, ErrorCode.ServerBusy), (refused.RequestId, refused.Refused.Code));
        await client.Receive(ServerMessage.FactOneofCase.Pong);
        hold.SetResult();
        Assert.Equal(login, (await client.Receive(ServerMessage.FactOneofCase.LoggedIn)).RequestId);
        Assert.Equal(list, (await client.Receive(ServerMessage.FactOneofCase.CharacterList)).RequestId);
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_in_time_is_not_available()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();
        await client.Ask(Commands.Register("barone", "secret"));
        gateway.World.Username("barone").Hold = new TaskCompletionSource().Task;
        client.Send(Commands.Login("barone", "secret"));
        await gateway.World.Username("barone").Checking;

        var refused = await gateway.AdvanceUntil(client.Receive(ServerMessage.FactOneofCase.Refused), step: TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.ServiceNotAvailable, refused.Refused.Code);
    }

    [Fact]
    public async Task A_failure_inside_a_grain_is_an_answer_and_the_connection_stays()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, login) = await gateway.Login("barone");
        var account = gateway.World.Account(new Guid(login.AccountId.Span, bigEndian: true));

        account.ListingFails = new InvalidOperationException("broken");
        Assert.Equal(ErrorCode.InternalServerError, (await client.Ask(Commands.ListCharacters())).Refused.Code);
        account.ListingFails = new TimeoutException("slow");
        Assert.Equal(ErrorCode.ServiceNotAvailable, (await client.Ask(Commands.ListCharacters())).Refused.Code);
        account.ListingFails = null;
        Assert.NotNull((await client.Ask(Commands.ListCharacters())).CharacterList);
    }

    [Fact]
    public async Task When_all_are_closed_nobody_new_gets_in()
    {
        await using var gateway = new GatewayUnderTest();
        var client = await gateway.Greet();

        var closing = gateway.Connections.CloseAll(Refusal.For(RefusalCode.ServerClose), TimeSpan.FromSeconds(5), TimeProvider.System);

        Assert.Equal(ErrorCode.ServerClose, (await client.ReceiveEnd()).Code);
        await closing;
        Assert.Equal(ErrorCode.ServerClose, (await gateway.Connect().ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Who_is_sent_elsewhere_plays_on_until_it_is_its_turn()
    {
        await using var gateway = new GatewayUnderTest();
        var clients = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => gateway.Greet($"10.0.{i}.1")));
        var ends = clients.Select(client => client.ReceiveEnd()).ToList();

        var sending = gateway.Connections.SendElsewhere(Refusal.For(RefusalCode.ServerClose), TimeSpan.FromSeconds(5), gateway.Time);

        foreach (var told in new[] { 10, 20 })
        {
            await Until(ends, told);
            Assert.Equal(clients.Length - told, gateway.Connections.All.Count(connection => !connection.IsClosing));
            Assert.Equal(ErrorCode.ServerClose, (await gateway.Connect("10.1.0.1").ReceiveEnd()).Code);
            gateway.Time.Advance(TimeSpan.FromMilliseconds(50));
        }
        Assert.All(await Task.WhenAll(ends), end => Assert.Equal(ErrorCode.ServerClose, end.Code));
        await gateway.AdvanceUntil(Task.Run(async () => { await sending; return true; }), step: TimeSpan.FromMilliseconds(20));
    }

    private static async Task Until(IReadOnlyCollection<Task> ends, int count)
    {
        while (ends.Count(end => end.IsCompleted) < count)
            await Task.WhenAny(ends.Where(end => !end.IsCompleted));
    }

    // The bucket fills by the real clock while the test runs: a few more may pass.
    private static async Task<ServerMessage> AskUntilRefused(TestClient client)
    {
        for (var i = 0; i < 1000; i++)
            if (await client.Ask(new ClientMessage { ListChannels = new ListChannels() }) is { Refused: not null } answer)
                return answer;
        throw new InvalidOperationException("1000 requests were granted.");
    }
}
