using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A whole gateway over a fake cluster and a clock that stands still, without sockets.</summary>
public sealed class GatewayUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan MostAdvanced = TimeSpan.FromMinutes(5);

    private readonly ServiceProvider _services;
    private readonly List<TestClient> _clients = [];

    public GatewayUnderTest(Action<GatewayOptions>? configure = null)
    {
        var options = new GatewayOptions();
        configure?.Invoke(options);
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(Log))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(FakeGrains.Of(World))
            .AddGateway(options)
            .BuildServiceProvider();
    }

    public FakeWorld World { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    public FailingLog Log { get; } = new();

    internal GatewayMetrics Metrics => _services.GetRequiredService<GatewayMetrics>();

    internal OtherGateways Others => _services.GetRequiredService<OtherGateways>();

    internal ClientConnections Connections => _services.GetRequiredService<ClientConnections>();

    /// <summary>Lets every connection renew its session once, as happens within half a minute.</summary>
    internal async Task Renew()
    {
        for (var round = 0; round < SessionRenewals.Rounds; round++)
            await _services.GetRequiredService<SessionRenewals>().Renew(round);
    }

    /// <summary>Connects and says nothing.</summary>
    public TestClient Connect(string address = "10.0.0.1")
    {
        var pipes = new PipePair();
        var server = new PipeStream(pipes.Server);
        var transport = new TcpTransport(server, server, IPAddress.Parse(address));
        var served = _services.GetRequiredService<ConnectionAcceptor>().Serve(transport);
        var client = new TestClient(pipes.Client, served);
        _clients.Add(client);
        return client;
    }

    /// <summary>Connects and says hello.</summary>
    public async Task<TestClient> Greet(string address = "10.0.0.1")
    {
        var client = Connect(address);
        await client.Ask(Commands.Hello());
        return client;
    }

    /// <summary>Registers and logs in.</summary>
    public async Task<(TestClient Client, LoggedIn Login)> Login(string username, string address = "10.0.0.1")
    {
        var client = await Greet(address);
        await client.Ask(Commands.Register(username, "secret"));
        var answer = await client.Ask(Commands.Login(username, "secret"));
        return (client, answer.LoggedIn ?? throw new InvalidOperationException($"no login: {answer}"));
    }

    /// <summary>Registers, logs in and enters the map of the world, ready or not.</summary>
    public async Task<Player> Enter(string username, bool ready = true)
    {
        var (client, login) = await Login(username);
        var created = await client.Ask(Commands.CreateCharacter(username));
        var selected = await client.Ask(Commands.Select(created.CharacterCreated.Character));
        var accepted = await client.Ask(Commands.Enter(login, selected.MapConnection));
        if (ready)
            await client.Ask(new ClientMessage { ClientReady = new ClientReady() });
        return new Player(client, login, accepted.EnterAccepted ?? throw new InvalidOperationException($"not entered: {accepted}"));
    }

    /// <summary>
    /// Lets time pass in steps until it happens; the gateway gets a moment of its own after each. Fails when it has not happened
    /// after five minutes of its time, which is more than anything here waits for.
    /// </summary>
    public async Task<T> AdvanceUntil<T>(
        Task<T> happening, TimeSpan step, [CallerArgumentExpression(nameof(happening))] string what = "", [CallerMemberName] string who = "")
    {
        var began = Time.GetTimestamp();
        while (!happening.IsCompleted)
        {
            var passed = Time.GetElapsedTime(began);
            Assert.True(passed < MostAdvanced, $"{who} has waited {passed} of the gateway's time for {what}.");
            Time.Advance(step);
            await Task.WhenAny(happening, Task.Delay(1));
        }
        return await happening;
    }

    /// <summary>Moves the clock and has every connection looked after, as happens once a second.</summary>
    public void CheckUp(TimeSpan after)
    {
        Time.Advance(after);
        foreach (var connection in Connections.All)
            connection.CheckUp();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Close();
        await _services.DisposeAsync();
    }
}

public sealed record Player(TestClient Client, LoggedIn Login, EnterAccepted Accepted)
{
    public int Entity => (int)Accepted.EntityId;
}
