using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Silo.Tests.Admin;

public class Operating(OperatedSilo silo) : IClassFixture<OperatedSilo>
{
    private readonly string _name = "n" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task The_servers_are_listed()
    {
        var (status, text) = await silo.Send(HttpMethod.Get, "servers");
        Assert.Equal(200, status);
        Assert.Contains("\"maps\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_only_points_here_is_refused_with_a_sentence()
    {
        var (status, text) = await silo.Send(HttpMethod.Get, "servers", with: request => request.Headers.Host = "evil.example");
        Assert.Equal(403, status);
        Assert.Contains("loopback", OperatedSilo.ReasonOf(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_of_the_players_knows_no_operators() =>
        Assert.Equal(404, (await silo.Send(HttpMethod.Get, "servers", port: silo.Ports.Http)).Status);

    [Theory]
    [InlineData("{\"text\": \"hello")]
    [InlineData("{\"text\": 12}")]
    [InlineData("hello")]
    [InlineData("")]
    public async Task A_body_that_cannot_be_read_is_refused_with_a_sentence(string body)
    {
        var (status, text) = await silo.Send(HttpMethod.Post, "announce", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(400, status);
        Assert.NotEmpty(OperatedSilo.ReasonOf(text));
    }

    [Fact]
    public async Task A_body_that_does_not_say_it_is_JSON_is_refused_with_a_sentence()
    {
        var (status, text) = await silo.Send(HttpMethod.Post, "announce", new StringContent("{\"text\":\"hello\"}", Encoding.UTF8, "text/plain"));
        Assert.Equal(415, status);
        Assert.NotEmpty(OperatedSilo.ReasonOf(text));
    }

    [Theory]
    [InlineData("{\"silo\":\"nowhere\"}", 400, "CHANNEL/MAP")]
    [InlineData("{\"map\":\"default\",\"silo\":\"nowhere\"}", 400, "CHANNEL/MAP")]
    [InlineData("{\"map\":\"default/Map009\",\"silo\":\"nowhere\"}", 404, "Map default/Map009 does not run.")]
    [InlineData("{\"map\":\"default/Map001\",\"silo\":\"nowhere\"}", 404, "There is no silo \"nowhere\" that takes maps.")]
    [InlineData("{\"map\":\"default/Map001\"}", 404, "There is no silo \"\" that takes maps.")]
    public async Task A_map_that_cannot_be_moved_is_refused_with_a_sentence(string body, int refused, string sentence)
    {
        await IsListed(new MapId("default", "Map001"));
        var (status, text) = await silo.Send(HttpMethod.Post, "move", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(refused, status);
        Assert.Contains(sentence, OperatedSilo.ReasonOf(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alone_there_is_nothing_to_spread() => Assert.Equal((200, "{\"done\":true,\"moved\":0}"), await silo.Post("spread", new { }));

    [Fact]
    public async Task An_announcement_is_said_to_everybody()
    {
        var chat = silo.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("global"));
        var before = await chat.Head();
        Assert.Equal(200, (await silo.Post("announce", new { text = "Down at " + _name })).Status);
        var line = Assert.Single((await chat.Since(before)).Lines, line => line.Text == "Down at " + _name);
        Assert.Equal(ChatLineKind.System, line.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task An_announcement_has_bounds(int length) => await Refused("announce", new { text = new string('x', length) }, 400, "text");

    [Theory]
    [InlineData("kick")]
    [InlineData("mute")]
    [InlineData("ban")]
    public async Task Who_does_not_exist_is_not_found(string act)
    {
        var body = act == "ban" ? (object)new { account = _name, until = "2999-01-01T00:00:00Z" } : new { character = _name, minutes = 1 };
        await Refused(act, body, 404, _name);
    }

    [Fact]
    public async Task A_mute_or_ban_without_its_time_does_nothing()
    {
        await Refused("mute", new { character = _name }, 400, "minutes");
        await Refused("mute", new { character = _name, minutes = -1 }, 400, "minutes");
        await Refused("ban", new { account = _name }, 400, "until");
        await Refused("kick", new { reason = "nobody" }, 400, "account");
        await Refused("kick", new { account = _name, reason = new string('x', 501) }, 400, "reason");
    }

    [Fact]
    public async Task A_ban_voids_the_token_and_closes_the_connection_until_it_is_lifted()
    {
        var (account, token, gateway) = await LogIn();
        Assert.Equal(200, (await silo.Post("ban", new { account = _name, until = DateTimeOffset.UtcNow.AddHours(1) })).Status);
        Assert.Equal(RefusalCode.UserBanned, (await gateway.Told).Code);
        Assert.Equal(RefusalCode.UserBanned, Assert.IsType<Denied<TokenHolder>>(await account.ValidateToken(token)).Why.Code);
        Assert.Equal(200, (await silo.Post("ban", new { account = _name, until = DateTimeOffset.UtcNow.AddHours(-1) })).Status);
        Assert.IsType<Granted<TokenHolder>>(await account.ValidateToken(token));
    }

    [Fact]
    public async Task A_kick_closes_the_connection_with_the_reason_and_then_finds_nobody()
    {
        var (_, _, gateway) = await LogIn();
        Assert.Equal(200, (await silo.Post("kick", new { account = _name, reason = "for shouting" })).Status);
        Assert.Equal(Refusal.For(RefusalCode.KickedFromServer) with { Sentence = "for shouting" }, await gateway.Told);
        await Refused("kick", new { account = _name }, 404, "Nobody");
    }

    [Fact]
    public async Task A_character_is_muted_by_name_and_allowed_to_talk_again()
    {
        var character = await Played();
        Assert.Equal(200, (await silo.Post("mute", new { character = _name, minutes = 5 })).Status);
        Assert.InRange((await Admitted(character)).MutedUntil, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(6));
        Assert.Equal(200, (await silo.Post("mute", new { character = _name, minutes = 0 })).Status);
        Assert.True((await Admitted(character)).MutedUntil <= DateTimeOffset.UtcNow);
        Assert.Equal(404, (await silo.Post("kick", new { character = _name })).Status); // Known, and not logged in.
    }

    [Fact]
    public async Task A_mute_is_the_accounts_and_holds_for_its_other_characters_also_those_to_come()
    {
        var muted = await Played();
        var other = await Played(muted.Account, _name + "b");
        var unplayed = await Made(muted.Account, _name + "c");
        Assert.Equal(200, (await silo.Post("mute", new { character = _name, minutes = 5 })).Status);
        Assert.True((await Admitted(other)).MutedUntil > DateTimeOffset.UtcNow.AddMinutes(4));
        Assert.True((await Admitted(await Select(unplayed))).MutedUntil > DateTimeOffset.UtcNow.AddMinutes(4));
    }

    [Fact]
    public async Task A_level_is_set_by_the_accounts_name_and_shown_at_the_next_login()
    {
        var (account, _, _) = await LogIn();
        Assert.Equal(200, (await silo.Post("level", new { account = _name, level = 7 })).Status);
        Assert.Equal(7, Value(await account.Login(_name)).UserLevel);
        await Refused("level", new { account = _name }, 400, "level");
        await Refused("level", new { account = _name, level = 256 }, 400, "255");
    }

    private async Task Refused(string act, object body, int status, string about)
    {
        var (got, text) = await silo.Post(act, body);
        Assert.Equal(status, got);
        Assert.Contains(about, OperatedSilo.ReasonOf(text), StringComparison.Ordinal);
    }

    private async Task<(IAccountGrain Account, string Token, ClosedGateway Gateway)> LogIn()
    {
        var id = Value(await silo.Grains.GetGrain<IUsernameGrain>(GrainKeys.Username(_name)).Register(new(_name, "secret", "")));
        var account = silo.Grains.GetGrain<IAccountGrain>(id.Value);
        var login = Value(await account.Login(_name));
        var gateway = new ClosedGateway();
        var holder = new SessionHolder(new ConnectionId(GatewayId.New(), 1), login.Epoch, silo.Grains.CreateObjectReference<IGatewayObserver>(gateway));
        Value(await silo.Grains.GetGrain<ISessionGrain>(id.Value).Open(holder, null));
        return (account, login.AccessToken, gateway);
    }

    /// <summary>A character that was selected once, of an account that is not logged in.</summary>
    private Task<CharacterSelection> Played() => Played(AccountId.New(), _name);

    private async Task<CharacterSelection> Played(AccountId account, string name) => await Select(await Made(account, name));

    private async Task<CharacterSelection> Made(AccountId account, string name)
    {
        var grain = silo.Grains.GetGrain<IAccountGrain>(account.Value);
        var login = Value(await grain.Login(_name));
        return new CharacterSelection(account, Value(await grain.CreateCharacter(login.Epoch, name, default)), "default");
    }

    /// <summary>As a gateway has it selected: the account notes it, then the character.</summary>
    private async Task<CharacterSelection> Select(CharacterSelection selection)
    {
        var grain = silo.Grains.GetGrain<IAccountGrain>(selection.Account.Value);
        var login = Value(await grain.Login(_name));
        selection = selection with { Character = Value(await grain.PlayCharacter(login.Epoch, selection.Character.Id)) };
        Value(await silo.Grains.GetGrain<ICharacterGrain>(selection.Character.Id.Value).Select(selection));
        return selection;
    }

    private async Task<Admission> Admitted(CharacterSelection selection)
    {
        var character = silo.Grains.GetGrain<ICharacterGrain>(selection.Character.Id.Value);
        var ticket = Value(await character.Select(selection));
        return Value(await character.Admit(selection.Account, new TicketPass(ticket.Ticket)));
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Granted<T>>(answer).Value;

    /// <summary>Hears why its one connection is to be closed.</summary>
    private sealed class ClosedGateway : IGatewayObserver
    {
        private readonly TaskCompletionSource<Refusal> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<Refusal> Told => _told.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public Task Close(ConnectionId connection, Refusal why)
        {
            _told.TrySetResult(why);
            return Task.CompletedTask;
        }

        public Task<Answer<Done>> Confirm(ConnectionId connection) => Task.FromResult(Answer.Done);
    }

    private async Task IsListed(MapId map)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (silo.Services.GetRequiredService<ILocalDirectory>().Find(map) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
    }
}
