using System.Globalization;
using System.Text.RegularExpressions;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using MmoOrleans.Protocol;

namespace MmoOrleans.EndToEnd;

/// <summary>
/// The MMORPG KIT's "MMO Workflows", one test a sentence, on a silo in a process of its own and clients on real sockets.
/// docs/architecture.md has the table from sentence to grain call, log event and test.
/// </summary>
public sealed class MmoWorkflows(Server server) : IClassFixture<Server>
{
    [Fact]
    public async Task The_server_instance_reads_config_files_and_commands_to_set_configs_and_start_servers()
    {
        var file = Path.Combine(Path.GetDirectoryName(server.StoragePath)!, "kit.json");
        await File.WriteAllTextAsync(file, """{"channels":[{"id":"1","title":"Channel 1","maxConnections":500,},],"spawnMaps":["Map001","Map002"], /* the kit's */ }""");
        await using var other = await new HostProcess(Places.Silo, "-config", file, "-mapsPath", Places.Maps, "-spawnMaps", "Map003", "-mapSpawnMillisecondsTimeout", "60000",
            "-storagePath", Path.ChangeExtension(file, "db"), "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0").Ready();
        Assert.Equal(["map 1/Map003 32x32 warps=1"], other.Output.Where(line => line.StartsWith("map ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_client_instance_keeps_account_id_and_access_token_which_validate_the_player_at_the_map_server()
    {
        await using var player = await Player.New(server.GamePort);
        Assert.NotEmpty(player.Client.AccountId);
        Assert.NotEmpty(player.Client.AccessToken);
        await player.Enter();
        await using var thief = player.AtAnotherClient();
        await thief.Connect(server.GamePort);
        var answer = await thief.Client.ValidateTokenAsync(player.Client.AccountId, "not the token");
        Assert.Equal(ErrorCode.InvalidUserToken, answer.Code);
        Assert.True(player.Client.IsConnectedToMap);
    }

    [Fact]
    public async Task Central_waits_for_chat_map_spawn_maps_and_clients() => await server.Silo.Logged(1000);

    [Fact]
    public async Task Chat_sends_its_connection_information_to_Central_which_collects_it()
    {
        await server.Silo.Logged(1001, "chat:global");
        var chat = (await server.Servers()).GetProperty("chat");
        Assert.Equal(server.Silo.PortOf("silo"), chat.GetProperty("port").GetInt32());
        Assert.DoesNotContain("key", chat.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Map_spawn_connects_to_Central_and_then_spawns_the_maps_of_spawnMaps()
    {
        await server.Silo.Logged(1002);
        await server.Silo.Logged(1206, "Map003");
        var lines = server.Silo.Log.ToList();
        var connected = lines.FindIndex(line => line.Contains("[1002]", StringComparison.Ordinal));
        var started = lines.FindIndex(line => line.Contains("[1300]", StringComparison.Ordinal));
        Assert.True(connected >= 0 && started >= 0, "Either line is missing from the log.");
        Assert.True(connected < started, $"A map started in line {started}, before Map spawn connected in line {connected}.");
    }

    [Fact]
    public async Task A_map_sends_its_connection_information_and_Central_collects_it()
    {
        await server.Silo.Logged(1003, "default/Map001");
        var map = (await server.Servers()).GetProperty("maps").EnumerateArray().Single(m => m.GetProperty("map").GetString() == "default/Map001");
        Assert.Equal(server.GamePort, map.GetProperty("port").GetInt32());
    }

    [Fact]
    public async Task Central_sends_chat_and_the_other_maps_to_this_map_and_tells_the_others_of_it()
    {
        await server.Silo.Logged(1003, "and 3 other maps, and the others of it");
        var chat = await server.Silo.Logged(1001, "chat:global");
        var registered = server.Silo.Log.Where(line => line.Contains("[1003]", StringComparison.Ordinal)).ToList();
        var maps = registered.Select(line => Regex.Match(line, @"default/\w+").Value).Distinct().ToList();
        Assert.Equal(4, maps.Count);
        // Chat and maps start at once: each map hears of chat with its registration, or right after when chat comes later.
        var withAnswer = registered.Count(line => line.Contains("told it of chat:global", StringComparison.Ordinal));
        var afterwards = int.Parse(Regex.Match(chat, @"told (\d+) maps").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(withAnswer + afterwards, maps.Count, int.MaxValue);
        foreach (var map in maps)
            await LearnedOf(map, maps.Where(other => other != map));
    }

    /// <summary>The dashboard's state of one map names the others.</summary>
    private async Task LearnedOf(string map, IEnumerable<string> others)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var state = "";
        while (!others.All(other => state.Contains(other, StringComparison.Ordinal)))
        {
            Assert.False(patience.IsCancellationRequested, $"Waited for {map} to learn of {string.Join(", ", others)}. Its state was:\n{state}");
            state = await server.GrainState("map:" + map, "MmoOrleans.Grains.Maps.MapGrain");
        }
    }

    [Fact]
    public async Task A_map_that_has_the_information_connects_to_chat() => await server.Silo.Logged(1104, "default/Map002");

    [Fact]
    public async Task A_chat_message_goes_from_the_client_over_map_chat_and_other_maps_to_other_clients()
    {
        await using var near = await Player.New(server.GamePort);
        await using var far = await Player.New(server.GamePort);
        await near.Enter();
        await far.Enter();
        await far.Walk(20.5f, 10.5f);
        await far.Saw("warped Map002");
        await near.SayToAll("hello from afar");
        await far.Saw($"heard Global {near.Name}: hello from afar");
        await near.Saw($"heard Global {near.Name}: hello from afar");
    }

    [Fact]
    public async Task A_selected_character_gets_the_map_connection_information_then_the_client_leaves_Central_and_connects_to_the_map()
    {
        await using var player = await Player.New(server.GamePort);
        var visit = await player.Enter();
        Assert.Equal("Map001", visit.Map);
        Assert.True(player.OrderOf("central connected") < player.OrderOf("central disconnected EnteringMap"));
        Assert.True(player.OrderOf("central disconnected EnteringMap") < player.OrderOf("map connected"));
    }

    [Fact]
    public async Task On_a_warp_the_map_sends_the_other_maps_information_and_the_client_disconnects_and_connects_there()
    {
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        await player.Walk(20.5f, 10.5f);
        await player.Saw("warped Map002");
        Assert.True(player.OrderOf("warping Map002") < player.OrderOf("map disconnected Warping"));
        Assert.True(player.OrderOf("map disconnected Warping") < player.OrderOf("warped Map002"));
        Assert.Equal("Map002", player.Client.World.Visit?.Map);
    }
}
