using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.EndToEnd;

/// <summary>What players and operators live through, on one silo.</summary>
public sealed class Stories(Server server) : IClassFixture<Server>
{
    [Fact]
    public async Task Two_players_see_each_other_walk_and_talk()
    {
        await using var one = await Player.New(server.GamePort);
        await using var two = await Player.New(server.GamePort);
        await one.Enter();
        await two.Enter();
        await one.Saw($"entered {two.Name}");
        await two.Saw($"entered {one.Name}");
        Assert.IsType<WalkEnd.Arrived>(await two.Walk(14, 11));
        await Until.True(() => one.Client.World.FindPlayer(two.Name)?.Position is { X: 14, Z: 11 }, $"{one.Name} to see {two.Name} at 14, 11", one.Story);
        (await one.Client.SayAsync("near you")).OrThrow();
        await two.Saw($"heard Local {one.Name}: near you");
        (await two.Client.WhisperAsync(one.Name, "only you")).OrThrow();
        await one.Saw($"heard Whisper {two.Name}: only you");
    }

    [Fact]
    public async Task A_wall_stops_who_walks_into_it()
    {
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        var end = Assert.IsType<WalkEnd.Blocked>(await player.Walk(10.5f, 20.5f));
        Assert.Equal(ErrorCode.MoveBlocked, end.Code);
        Assert.InRange(end.Position.Z, 10.5f, 16f);
    }

    [Fact]
    public async Task A_whisper_to_nobody_is_answered()
    {
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        Assert.Equal(ErrorCode.CharacterNotOnline, (await player.Client.WhisperAsync("Nobody", "hello?")).Code);
    }

    [Fact]
    public async Task The_newest_login_wins_and_goes_on_where_the_old_one_stood()
    {
        await using var first = await Player.New(server.GamePort);
        await first.Enter();
        await first.Walk(12, 13);
        await using var second = first.AtAnotherClient();
        await second.Connect(server.GamePort);
        await second.Login();
        await first.Saw("kicked AccountLoggedInByOther");
        var visit = await second.Enter();
        Assert.Equal((12f, 13f), (visit.Start.Position.X, visit.Start.Position.Z));
    }

    [Fact]
    public async Task A_new_character_plays_though_the_one_before_played_more_often()
    {
        await using var player = await Player.New(server.GamePort);
        for (var played = 0; played < 2; played++)
        {
            await player.Enter();
            (await player.Client.LeaveMapAsync()).OrThrow();
        }
        await player.Enter();
        (await player.Client.LeaveMapAsync()).OrThrow();
        var second = (await player.Client.CreateCharacterAsync(player.Name + "b")).OrThrow().Character.CharacterId;
        Assert.Equal("Map001", (await player.Client.SelectAndEnterAsync(second)).OrThrow().Map);
    }

    [Fact]
    public async Task An_operator_announces_and_kicks()
    {
        await using var player = await Player.New(server.GamePort);
        await player.Enter();
        using var announced = await server.Post("announce", new { text = "Maintenance at noon" });
        announced.EnsureSuccessStatusCode();
        await player.Saw("heard System : Maintenance at noon");
        using var kicked = await server.Post("kick", new { character = player.Name, reason = "Out." });
        kicked.EnsureSuccessStatusCode();
        await player.Saw("kicked KickedFromServer");
    }

    [Fact]
    public async Task The_dashboard_shows_Central_with_chat_and_every_map()
    {
        var state = await server.GrainState("central:main", "MmoOrleans.Grains.Central.CentralGrain");
        Assert.Contains("Map001", state, StringComparison.Ordinal);
        Assert.Contains($"{server.GamePort}", state, StringComparison.Ordinal);
        Assert.Contains("chat:global", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_ready_with_version_maps_and_players() =>
        Assert.Matches("""^\{"status":"ready","version":"[0-9.]+","maps":4,"players":\d+\}$""", await server.Health());

    [Fact]
    public void The_start_report_names_listeners_maps_and_warnings_in_this_order_and_then_READY() => Assert.Collection(server.Silo.Output,
        line => Assert.Matches("^listen game tcp://0\\.0\\.0\\.0:[0-9]+$", line),
        line => Assert.Matches("^listen websocket ws://0\\.0\\.0\\.0:[0-9]+/ws$", line),
        line => Assert.Matches("^listen health http://0\\.0\\.0\\.0:[0-9]+/health$", line),
        line => Assert.Matches("^listen dashboard http://127\\.0\\.0\\.1:[0-9]+/$", line),
        line => Assert.Matches("^listen silo 127\\.0\\.0\\.1:[0-9]+$", line),
        line => Assert.Equal("map default/Field 1024x1024 warps=0", line),
        line => Assert.Equal("map default/Map001 64x64 warps=2", line),
        line => Assert.Equal("map default/Map002 64x64 warps=2", line),
        line => Assert.Equal("map default/Map003 32x32 warps=1", line),
        line => Assert.StartsWith("warning passwordIterations = 1000 ", line, StringComparison.Ordinal),
        line => Assert.Equal("READY", line));

    [Fact]
    public async Task Looking_at_an_unknown_map_starts_none()
    {
        var state = await server.MapState("map:nine/Map001");
        Assert.Equal("This map does not run.", state.GetProperty("Unknown").GetString());
        Assert.DoesNotContain("nine/Map001", (await server.Servers()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_operators_use_is_not_served_on_the_public_port()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://127.0.0.1:{server.Silo.PortOf("health")}/admin/servers");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_same_plays_over_a_websocket()
    {
        await using var player = (await Player.New(server.GamePort)).AtAnotherClient();
        (await player.Client.ConnectCentralAsync(new ServerEndpoint(Endpoint.Types.Transport.Websocket, "127.0.0.1", server.Silo.PortOf("websocket")))).OrThrow();
        await player.Login();
        await player.Enter();
        await player.Saw("map connected ws://");
    }
}
