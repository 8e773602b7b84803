using System.Text.Json;
using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.EndToEnd;

/// <summary>Stops, kills and a gateway of its own: each on a server that belongs to the test.</summary>
public sealed class Restarts
{
    [Fact]
    public async Task A_stop_saves_everybody_and_ends_with_0()
    {
        await using var server = await Running();
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        await player.Walk(13, 12);
        Assert.Equal(0, await server.Silo.Stop());
        await server.Start();
        await using var again = player.AtAnotherClient();
        Assert.Equal((13f, 12f), await PlaceOf(again, server));
    }

    [Fact]
    public async Task After_a_kill_the_last_checkpoint_counts_and_nobody_is_locked_out()
    {
        await using var server = await Running();
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        await player.Walk(13, 12);
        await Checkpoint(server, "map:default/Map001");
        await server.Silo.Kill();
        await server.Start();
        await using var again = player.AtAnotherClient();
        Assert.Equal((13f, 12f), await PlaceOf(again, server));
    }

    [Fact]
    public async Task Players_on_a_gateway_of_its_own_and_on_the_silos_see_each_other()
    {
        await using var server = new Server();
        var port = DatabaseServer.FreePort();
        await server.Start("-orleansGatewayPort", $"{port}");
        await using var gateway = await server.StartGateway(port);
        await using var near = await Player.New(server.GamePort);
        await using var far = await Player.New(gateway.PortOf("game"), new() { ReuseConnection = true });
        await near.Enter();
        await far.Enter();
        await near.Saw($"entered {far.Name}");
        await far.Saw($"entered {near.Name}");
        await far.Walk(13, 12);
        await Until.True(() => near.Client.World.FindPlayer(far.Name)?.Position is { X: 13, Z: 12 }, "the far player at 13, 12", near.Story);
        await far.SayToAll("from the other gateway");
        await near.Saw($"heard Global {far.Name}: from the other gateway");
        await far.Walk(20.5f, 10.5f);
        await far.Saw("warped Map002");
        await near.Saw($"left {far.Name}");
    }

    [Fact]
    public async Task A_silo_without_a_gateway_leaves_its_players_to_gateway_processes()
    {
        using var certificate = new TestCertificate();
        await using var server = new Server();
        var port = DatabaseServer.FreePort();
        await server.Start("-embeddedGateway", "false", "-orleansGatewayPort", $"{port}",
            "-webSocketSecure", "-webSocketCertPath", certificate.Path, "-webSocketCertPassword", TestCertificate.Password);
        Assert.DoesNotContain(server.Silo.Output, line => line.StartsWith("listen game", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"ready\"", await server.Health("https"), StringComparison.Ordinal);
        await using var gateway = await server.StartGateway(port);
        await using var one = new ConsolePlayer(gateway.PortOf("game"));
        await one.Does("register ada secret", "^ok register ");
        await one.Does("login ada secret", "^ok login ");
        await one.Does("create Ada", "^ok create ");
        await one.Does("select Ada", "^ok select name=Ada channel=default map=Map001 ");
        await using var two = await Player.New(gateway.PortOf("game"));
        await two.Enter();
        await two.Saw("entered Ada");
        await one.Prints($"^event entered name={two.Name} ");
    }

    [Fact]
    public async Task Of_a_hundred_logins_at_once_over_two_gateways_exactly_one_ends_in_a_map()
    {
        await using var server = new Server();
        var port = DatabaseServer.FreePort();
        await server.Start("-orleansGatewayPort", $"{port}");
        await using var gateway = await server.StartGateway(port);
        await using var owner = await Player.New(server.GamePort);
        var clients = Enumerable.Range(0, 100).Select(_ => owner.AtAnotherClient(new() { ReuseConnection = true })).ToList();
        await Task.WhenAll(clients.Select((client, i) => client.TryToPlay(i % 2 == 0 ? server.GamePort : gateway.PortOf("game"))));
        await Until.True(() => clients.Count(client => client.Client.IsConnectedToMap) == 1, "one client in a map",
            () => $"{clients.Count(client => client.Client.IsConnectedToMap)} are in a map\n" + string.Join("\n--\n", clients.Select(client => client.Story()).Take(10)));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    /// <summary>Waits until the map has stored what it is like now.</summary>
    private static async Task Checkpoint(Server server, string map)
    {
        var now = (await server.MapState(map)).GetProperty("Tick").GetInt64();
        await Until.Seen(() => server.MapState(map), state => state.GetProperty("CheckpointTick") is { ValueKind: JsonValueKind.Number } stored && stored.GetInt64() >= now,
            $"a checkpoint of {map} at tick {now} or later");
    }

    private static async Task<Server> Running()
    {
        var server = new Server();
        await server.Start();
        return server;
    }

    private static async Task<(float X, float Z)> PlaceOf(Player player, Server server)
    {
        await player.Connect(server.GamePort);
        await player.Login();
        var start = (await player.Enter()).Start.Position;
        return (start.X, start.Z);
    }
}
