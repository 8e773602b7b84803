using Google.Protobuf;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Maps;

public class Entering
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);

    [Fact]
    public async Task A_player_enters_is_ready_and_gets_the_first_frame()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var map = gateway.World.Map(FakeWorld.Home);

        await map.Send(Frames.Arrivals(0, 3, Frames.At(player.Entity, 150, -20, 3)).With());
        var frame = (await player.Client.Receive(ServerMessage.FactOneofCase.Frame)).Frame;

        Assert.Equal(("Map001", "1", "Barone", 80f), (player.Accepted.Map, player.Accepted.ChannelId, player.Accepted.CharacterName, player.Accepted.VisibleRange));
        Assert.Equal(32, player.Accepted.ResumeToken.Length);
        Assert.Equal((uint)player.Entity, Assert.Single(frame.Entities).Id);
        Assert.Equal(3UL, frame.Tick);
    }

    [Fact]
    public async Task Before_the_client_is_ready_it_gets_events_but_no_frames()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone", ready: false);
        var map = gateway.World.Map(FakeWorld.Home);

        await map.Send(Frames.Arrivals(0, 3, Frames.At(player.Entity, 0, 0, 3)).With(Frames.Event(1, new GameSent(4, default))));
        Assert.Equal(4u, (await player.Client.Receive(ServerMessage.FactOneofCase.Events)).Events.Events[0].Game.Kind);
        var spawned = await player.Client.Ask(new ClientMessage { ClientReady = new ClientReady() });

        Assert.Equal(7UL, spawned.Spawned.Tick);
        var frame = await gateway.AdvanceUntil(player.Client.Receive(ServerMessage.FactOneofCase.Frame), Beat);
        Assert.Equal(3UL, frame.Frame.Tick);
    }

    [Fact]
    public async Task Who_is_ready_for_a_map_that_was_started_anew_since_the_entry_is_told_to_ask_again()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone", ready: false);
        gateway.World.Map(FakeWorld.Home).RefuseReady.Enqueue(Refusal.For(RefusalCode.CharacterNotFound));

        var early = (await player.Client.Ask(new ClientMessage { ClientReady = new ClientReady() })).Refused;
        var spawned = await player.Client.Ask(new ClientMessage { ClientReady = new ClientReady() });

        Assert.Equal(ErrorCode.MapServerNotReady, early.Code);
        Assert.True(early.RetryAfterMs > 0);
        Assert.Equal(7UL, spawned.Spawned.Tick);
    }

    [Fact]
    public async Task A_map_that_needs_more_time_is_asked_again()
    {
        await using var gateway = new GatewayUnderTest(options => options.GrainCallTimeout = TimeSpan.FromMinutes(5));
        var map = gateway.World.Map(FakeWorld.Home);
        map.RefuseEntries.Enqueue(Refusal.For(RefusalCode.MapServerNotReady, TimeSpan.FromMilliseconds(50)));
        map.RefuseEntries.Enqueue(Refusal.For(RefusalCode.AppNotReady));

        var player = await gateway.AdvanceUntil(gateway.Enter("barone"), Beat);

        Assert.NotEqual(0, player.Entity);
    }

    [Fact]
    public async Task A_map_that_needs_too_much_time_is_not_ready()
    {
        await using var gateway = new GatewayUnderTest();
        var map = gateway.World.Map(FakeWorld.Home);
        for (var i = 0; i < 100; i++)
            map.RefuseEntries.Enqueue(Refusal.For(RefusalCode.MapServerNotReady, TimeSpan.FromSeconds(1)));
        var (client, enter) = await Select(gateway);

        var answer = await gateway.AdvanceUntil(client.Ask(enter), Beat);

        Assert.Equal(ErrorCode.MapServerNotReady, answer.Refused.Code);
    }

    [Fact]
    public async Task An_entry_is_called_off_when_its_client_goes_and_the_session_hears_that_it_is_gone()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, session, entering) = await BeginUnanswered(gateway);

        client.Close();

        await entering.CalledOff;
        await client.Served;
        Assert.Equal([session.Holder!.Connection], session.Closed);
    }

    [Fact]
    public async Task An_entry_that_takes_too_long_is_called_off_and_the_client_is_told_to_come_back()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, _, entering) = await BeginUnanswered(gateway);

        var told = await gateway.AdvanceUntil(client.Receive(ServerMessage.FactOneofCase.Refused), TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.ServiceNotAvailable, told.Refused.Code);
        await entering.CalledOff;
    }

    [Fact]
    public async Task A_client_that_goes_while_its_map_has_it_wait_is_not_brought_there_any_more()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.Enter("lady"); // The feed is joined.
        var map = gateway.World.Map(FakeWorld.Home);
        var (client, enter) = await Select(gateway);
        var (asked, entries) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        map.Entering = _ =>
        {
            entries++;
            asked.TrySetResult();
            return Task.CompletedTask;
        };
        map.RefuseEntries.Enqueue(Refusal.For(RefusalCode.ServerBusy, TimeSpan.FromMilliseconds(50)));
        client.Send(enter);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        client.Close();

        await client.Served; // Though the clock has stood still.
        Assert.Equal(1, entries);
    }

    [Fact]
    public async Task A_client_that_goes_while_its_map_has_not_answered_is_lost_there_if_it_came()
    {
        await using var gateway = new GatewayUnderTest();
        await gateway.Enter("lady"); // The feed is joined.
        var map = gateway.World.Map(FakeWorld.Home);
        var (client, enter) = await Select(gateway);
        var (asked, slow) = (new TaskCompletionSource<CharacterId>(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        map.Entering = entry =>
        {
            asked.TrySetResult(entry.Admission.Character);
            return slow.Task;
        };
        client.Send(enter);
        var character = await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        client.Close();

        Assert.Equal((character, LeaveKind.Lost), await map.Leaves.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        slow.SetResult();
    }

    [Fact]
    public async Task A_full_map_refuses_and_the_character_list_is_there_again()
    {
        await using var gateway = new GatewayUnderTest();
        gateway.World.Map(FakeWorld.Home).RefuseEntries.Enqueue(Refusal.For(RefusalCode.MapIsFull));
        var (client, enter) = await Select(gateway);

        Assert.Equal(ErrorCode.MapIsFull, (await client.Ask(enter)).Refused.Code);
        Assert.Single((await client.Ask(Commands.ListCharacters())).CharacterList.Characters);
    }

    [Fact]
    public async Task A_wrong_token_enters_nothing()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, enter) = await Select(gateway);
        enter.EnterMap.AccessToken = "somebody else's";

        Assert.Equal(ErrorCode.InvalidUserToken, (await client.Ask(enter)).Refused.Code);
    }

    [Fact]
    public async Task A_character_that_is_not_the_accounts_is_refused_before_its_grain_or_the_session_is_asked()
    {
        await using var gateway = new GatewayUnderTest();
        var (client, enter) = await Select(gateway);
        var session = gateway.World.Session(new Guid(enter.EnterMap.AccountId.Span, bigEndian: true));
        var before = session.Holder;
        enter.EnterMap.CharacterId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
        var stranger = await gateway.Greet();

        Assert.Equal(ErrorCode.TicketExpired, (await stranger.Ask(enter)).Refused.Code);
        Assert.Same(before, session.Holder);
        Assert.NotNull(await client.Ask(Commands.ListCharacters()));
    }

    [Fact]
    public async Task Failed_logins_of_others_at_the_same_address_keep_nobody_from_a_map()
    {
        await using var gateway = new GatewayUnderTest(options => options.LoginFailuresPerMinutePerAddress = 2);
        var (client, enter) = await Select(gateway);
        var stranger = await gateway.Greet();
        var wrong = enter.Clone();
        wrong.EnterMap.AccessToken = "somebody else's";
        await stranger.Ask(wrong);
        await stranger.Ask(wrong);

        Assert.Equal(ErrorCode.RateLimited, (await stranger.Ask(Commands.Login("nobody", "guess"))).Refused.Code);
        Assert.NotNull((await client.Ask(enter)).EnterAccepted);
    }

    [Fact]
    public async Task A_connection_enters_a_map_right_after_hello_and_then_owns_the_session()
    {
        await using var gateway = new GatewayUnderTest();
        var (_, enter) = await Select(gateway);
        var onMap = await gateway.Greet();

        var accepted = (await onMap.Ask(enter)).EnterAccepted;

        Assert.NotNull(accepted);
        var session = gateway.World.Session(new Guid(enter.EnterMap.AccountId.Span, bigEndian: true));
        await session.Holder!.Gateway.Close(session.Holder.Connection, Refusal.For(RefusalCode.KickedFromServer));
        Assert.Equal(ErrorCode.KickedFromServer, (await onMap.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Leaving_on_purpose_leads_back_to_the_character_list()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var map = gateway.World.Map(FakeWorld.Home);

        var answer = await player.Client.Ask(new ClientMessage { LeaveMap = new LeaveMap() });

        Assert.NotNull(answer.LeftMap);
        Assert.Equal(LeaveKind.Left, (await map.Leaves.ReadAsync()).Kind);
        Assert.Single((await player.Client.Ask(Commands.ListCharacters())).CharacterList.Characters);
        Assert.Equal(ErrorCode.AppNotReady, (await player.Client.Ask(Commands.Chat("hello?"))).Refused.Code);
    }

    [Fact]
    public async Task A_lost_connection_leaves_the_character_to_its_grace()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");

        player.Client.Close();
        await player.Client.Served;

        Assert.Equal(LeaveKind.Lost, (await gateway.World.Map(FakeWorld.Home).Leaves.ReadAsync()).Kind);
    }

    [Fact]
    public async Task Who_warps_is_told_where_and_has_ten_seconds_to_go_there()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var map = gateway.World.Map(FakeWorld.Home);
        var ticket = FakeSession.TicketTo(new MapId("1", "Map002"), CharacterId.New());

        await map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, new MovedAway(ticket), player.Entity)));
        var warped = (await player.Client.Receive(ServerMessage.FactOneofCase.Events)).Events.Events[0].Warped;

        Assert.Equal(("Map002", 7000u), (warped.To.Map, warped.To.Endpoints[0].Port));
        Assert.Equal(ErrorCode.AlreadyWarping, (await player.Client.Ask(Commands.Chat("here?"))).Refused.Code);
        gateway.CheckUp(after: TimeSpan.FromSeconds(9));
        Assert.NotNull((await player.Client.Ask(Commands.ListCharacters())).CharacterList);
        gateway.CheckUp(after: TimeSpan.FromSeconds(1));
        await player.Client.ReceiveEnd();
        Assert.False(map.Leaves.TryRead(out _));
    }

    [Fact]
    public async Task Who_warps_may_enter_the_other_map_over_the_same_connection()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var other = new MapId("1", "Map002");
        var account = gateway.World.Account(new Guid(player.Login.AccountId.Span, bigEndian: true));
        var ticket = FakeSession.TicketTo(other, account.Characters.Single());
        await gateway.World.Map(FakeWorld.Home).Send(Frames.Arrivals(0, 1).With(Frames.Event(1, new MovedAway(ticket), player.Entity)));
        var warped = (await player.Client.Receive(ServerMessage.FactOneofCase.Events)).Events.Events[0].Warped;
        gateway.World.Session(new Guid(player.Login.AccountId.Span, bigEndian: true)).Where = other;

        var accepted = (await player.Client.Ask(Commands.Enter(player.Login, warped.To))).EnterAccepted;
        gateway.CheckUp(after: TimeSpan.FromSeconds(11));

        Assert.Equal("Map002", accepted.Map);
        Assert.NotNull((await player.Client.Ask(new ClientMessage { ClientReady = new ClientReady() })).Spawned);
    }

    [Fact]
    public async Task Who_is_taken_off_the_map_is_told_why()
    {
        await using var gateway = new GatewayUnderTest();
        var player = await gateway.Enter("barone");
        var map = gateway.World.Map(FakeWorld.Home);
        var why = Refusal.For(RefusalCode.AccountLoggedInByOther);
        var character = await map.Entered;

        await map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, new TakenAway(character, Fence.None, why), player.Entity)));
        await map.Send(Frames.Changes(1, 2).With(Frames.Event(2, new GameSent(5, default))));
        await player.Client.Receive(ServerMessage.FactOneofCase.Events);
        await map.Send(Frames.Changes(2, 3).With(Frames.Event(3, new TakenAway(character, new Fence(1, 1), why), player.Entity)));

        Assert.Equal(ErrorCode.AccountLoggedInByOther, (await player.Client.ReceiveEnd()).Code);
    }

    [Fact]
    public async Task Who_is_taken_off_before_its_entry_is_answered_is_told_why()
    {
        await using var gateway = new GatewayUnderTest(options => options.GrainCallTimeout = TimeSpan.FromMinutes(5));
        await gateway.Enter("lady"); // The feed is joined.
        var map = gateway.World.Map(FakeWorld.Home);
        var (client, enter) = await Select(gateway);
        map.Entering = async entry =>
        {
            var taken = new TakenAway(entry.Admission.Character, entry.Admission.Owner, Refusal.For(RefusalCode.AccountLoggedInByOther));
            await map.Send(Frames.Arrivals(0, 1).With(Frames.Event(1, taken)));
            while ((await gateway.AdvanceUntil(map.Batches.ReadAsync().AsTask(), TimeSpan.FromMilliseconds(25))).AcknowledgedEvent != 1) { }
        };

        client.Send(enter);

        Assert.Equal(ErrorCode.AccountLoggedInByOther, (await client.ReceiveEnd()).Code);
    }

    /// <summary>An entry that its session does not answer.</summary>
    private static async Task<(TestClient Client, FakeSession Session, SilentCall<Answer<Admission>> Entering)> BeginUnanswered(GatewayUnderTest gateway)
    {
        var (client, enter) = await Select(gateway);
        var session = gateway.World.Session(new Guid(enter.EnterMap.AccountId.Span, bigEndian: true));
        var entering = session.Entering = new SilentCall<Answer<Admission>>();
        client.Send(enter);
        await entering.Made;
        return (client, session, entering);
    }

    private static async Task<(TestClient Client, ClientMessage Enter)> Select(GatewayUnderTest gateway)
    {
        var (client, login) = await gateway.Login("barone");
        var created = await client.Ask(Commands.CreateCharacter("barone"));
        var selected = await client.Ask(Commands.Select(created.CharacterCreated.Character));
        return (client, Commands.Enter(login, selected.MapConnection));
    }
}
