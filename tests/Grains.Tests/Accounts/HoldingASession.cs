using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class HoldingASession : SessionStage
{
    [Fact]
    public async Task A_player_logs_in_selects_leaves_central_and_enters()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        var ticket = (await Select(central)).Value();
        await Session.Close(central.Connection);
        var map = Connect(1);
        var admission = (await Enter(map, ticket)).Value();
        Assert.Equal(Home, admission.Map);
        Assert.Equal(new SessionState(Account, true, Id, "1/Map001", 1), await Session.GetState());
        Assert.Null(_gateway.ClosedWith(central));
    }

    [Fact]
    public async Task The_newest_login_wins_and_takes_the_character_off_its_map()
    {
        var (map, playing) = await Play(epoch: 1);
        Maps.Play(playing, tick: 5, Here);
        var newer = Connect(2);
        (await Session.Open(newer, null)).Value();
        await ClosedWith(map, RefusalCode.AccountLoggedInByOther);
        Assert.False(Maps.Plays(Home, Id));
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 6, There)));
        Assert.Equal(Here, (await Enter(Connect(2), (await Select(newer)).Value())).Value().Image.Pose);
    }

    [Fact]
    public async Task Whatever_an_older_login_has_on_the_way_is_refused()
    {
        var old = Connect(1);
        (await Session.Open(old, null)).Value();
        var ticket = (await Select(old)).Value();
        (await Session.Open(Connect(2), null)).Value();
        (await Session.Open(old, null)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Select(old)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Enter(Connect(1), ticket)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Enter(Connect(2), ticket)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_login_with_the_same_token_elsewhere_takes_over_too()
    {
        var first = Connect(1);
        (await Session.Open(first, null)).Value();
        var second = Connect(1);
        (await Session.Open(second, null)).Value();
        await ClosedWith(first, RefusalCode.AccountLoggedInByOther);
        (await Select(first)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Select(second)).Value();
        await Session.Close(first.Connection);
        Assert.True((await Session.GetState()).Connected);
    }

    [Fact]
    public async Task A_login_is_through_in_two_seconds_though_the_old_map_never_answers()
    {
        var (map, playing) = await Play(epoch: 1);
        Maps.Silence(Home);
        var started = Time.GetUtcNow();
        var newer = Connect(2);
        (await Passing(Session.Open(newer, null))).Value();
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2.5));
        await ClosedWith(map, RefusalCode.AccountLoggedInByOther);
        Assert.Equal(SaveAnswer.Stale, await Passing(Keeping.Save(Maps.Play(playing, tick: 6, There))));
        Maps.Open(Home);
        (await Passing(Enter(Connect(2), (await Passing(Select(newer))).Value()))).Value();
    }

    [Fact]
    public async Task A_login_does_not_wait_for_a_selection_that_hangs_at_its_map()
    {
        var old = Connect(1);
        (await Session.Open(old, null)).Value();
        Maps.Silence(Home);
        var hanging = Select(old);
        await Wait.Until(() => Maps.Reservations.Length > 0, "the map to be asked for a seat");
        var newer = Connect(2);
        var started = Time.GetUtcNow();
        (await Passing(Session.Open(newer, null))).Value();
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        Maps.Open(Home);
        (await Passing(hanging)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Passing(Select(newer))).Value();
    }

    [Fact]
    public async Task The_connection_that_asked_for_the_ticket_is_closed_without_a_kick()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        var ticket = (await Select(central)).Value();
        (await Enter(Connect(1), ticket)).Value();
        await ClosedWith(central, RefusalCode.None);
    }

    [Fact]
    public async Task A_late_close_of_the_connection_before_does_not_end_the_session()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        (await Enter(Connect(1), (await Select(central)).Value())).Value();
        await Session.Close(central.Connection);
        Assert.True((await Session.GetState()).Connected);
        Assert.True(Maps.Plays(Home, Id) || Maps.Evictions.IsEmpty);
    }

    [Fact]
    public async Task One_connection_may_select_and_enter()
    {
        var only = Connect(1);
        (await Session.Open(only, null)).Value();
        (await Enter(only, (await Select(only)).Value())).Value();
        Assert.True((await Session.GetState()).Connected);
        Assert.Null(_gateway.ClosedWith(only));
    }

    [Fact]
    public async Task The_map_connection_that_warped_is_closed_without_a_kick()
    {
        var (map, playing) = await Play(epoch: 1);
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(new WarpOrder(Guid.NewGuid(), Maps.Play(playing, 1, Here), Away, There)));
        (await Enter(Connect(1), moved.Ticket)).Value();
        await ClosedWith(map, RefusalCode.None);
        Assert.Equal("1/Map002", (await Session.GetState()).Where);
    }

    [Fact]
    public async Task A_lost_player_resumes_and_a_wrong_token_harms_nobody()
    {
        var (map, playing) = await Play(epoch: 1);
        (await Session.Enter(Connect(1), Id, new ResumePass(new byte[32]))).Refused(RefusalCode.TicketExpired);
        Assert.Null(_gateway.ClosedWith(map));
        await Session.Close(map.Connection);
        var again = (await Session.Enter(Connect(1), Id, new ResumePass(playing.ResumeToken))).Value();
        Assert.True(again.Owner > playing.Owner);
        Assert.Empty(Maps.Evictions);
    }

    [Fact]
    public async Task A_ticket_that_is_used_twice_leaves_the_later_connection()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        var ticket = (await Select(central)).Value();
        var first = Connect(1);
        (await Enter(first, ticket)).Value();
        (await Enter(Connect(1), ticket)).Value();
        await ClosedWith(first, RefusalCode.AccountLoggedInByOther);
    }

    [Fact]
    public async Task Selecting_another_character_takes_the_first_off_its_map()
    {
        var (map, _) = await Play(epoch: 1);
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        await ClosedWith(map, RefusalCode.AccountLoggedInByOther);
        Maps.Play((await Enter(central, (await Select(central)).Value())).Value(), tick: 0);
        var other = new CharacterListed(CharacterId.New(), "Other", default, Time.GetUtcNow(), null);
        (await Session.Select(central.Connection, 1, other, "1")).Value();
        Assert.False(Maps.Plays(Home, Id));
    }

    [Fact]
    public async Task A_character_that_was_played_less_than_the_one_before_enters()
    {
        await Play(epoch: 1);
        await Play(epoch: 1);
        var (_, often) = await Play(epoch: 1);
        var central = await Opened(1);
        var seldom = new CharacterListed(CharacterId.New(), "Other", default, Time.GetUtcNow(), null);
        var ticket = (await Session.Select(central.Connection, 1, seldom, "1")).Value();
        var entered = (await Session.Enter(Connect(1), seldom.Id, new TicketPass(ticket.Ticket))).Value();
        Assert.True(entered.Owner < often.Owner);
        Assert.Equal(seldom.Id, (await Session.GetState()).Character);
    }

    [Fact]
    public async Task A_selection_waits_for_a_central_that_is_too_young_to_know()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        var asked = 0;
        _seats = () => Task.FromResult(++asked < 4 ? Answer.Refuse<string>(RefusalCode.RetryLater, TimeSpan.FromSeconds(1)) : Answer.Of("1"));
        (await Passing(Select(central))).Value();
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_central_that_does_not_answer_is_to_be_asked_later()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        _seats = () => new TaskCompletionSource<Answer<string>>().Task;
        var started = Time.GetUtcNow();
        Assert.NotNull((await Passing(Select(central))).Refused(RefusalCode.RetryLater).RetryAfter);
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7.5));
    }

    [Theory]
    [InlineData(RefusalCode.InvalidChannelId)]
    [InlineData(RefusalCode.ChannelIsFull)]
    public async Task What_central_refuses_is_told_and_leaves_the_character_alone(RefusalCode code)
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        _seats = () => Task.FromResult(Answer.Refuse<string>(code));
        (await Select(central)).Refused(code);
        Assert.Equal(0, Changes());
    }

    [Fact]
    public async Task A_kick_closes_the_connection_and_takes_the_character_off_its_map()
    {
        Assert.False(await Session.Kick(Refusal.For(RefusalCode.KickedFromServer)));
        var (map, playing) = await Play(epoch: 1);
        Maps.Play(playing, tick: 1);
        Assert.True(await Session.Kick(Refusal.For(RefusalCode.KickedFromServer)));
        await ClosedWith(map, RefusalCode.KickedFromServer);
        Assert.False(Maps.Plays(Home, Id));
        Assert.False((await Session.GetState()).Connected);
    }

    [Fact]
    public async Task A_session_that_lost_its_memory_refuses_nobody()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        await Cluster.Deactivate(Session);
        var ticket = (await Select(central)).Value();
        await Cluster.Deactivate(Session);
        (await Enter(Connect(1), ticket)).Value();
    }

    [Fact]
    public async Task A_login_at_a_session_that_lost_its_memory_takes_the_character_that_was_played_last_off_its_map()
    {
        var (_, playing) = await Play(epoch: 1);
        await Cluster.Deactivate(Session);
        (await Session.Open(Connect(2), Id)).Value();
        Assert.False(Maps.Plays(Home, Id));
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 1, There)));
    }

    [Fact]
    public async Task A_session_that_remembers_takes_nobody_off_a_map_who_was_not_played()
    {
        (await Session.Open(Connect(1), null)).Value();
        (await Session.Open(Connect(2), Id)).Value();
        Assert.Empty(Maps.Evictions);
    }

    [Fact]
    public async Task A_session_learns_its_connection_and_character_anew_by_a_renewal()
    {
        var (map, _) = await Play(epoch: 1);
        await Cluster.Deactivate(Session);
        (await Session.Renew(map, Id, Home)).Value();
        Assert.Equal(new SessionState(Account, true, Id, "1/Map001", 1), await Session.GetState());
        (await Session.Open(Connect(2), null)).Value();
        await ClosedWith(map, RefusalCode.AccountLoggedInByOther);
        Assert.False(Maps.Plays(Home, Id));
    }

    [Fact]
    public async Task A_connection_that_lost_while_the_session_had_no_memory_hears_it_when_it_renews()
    {
        var (map, _) = await Play(epoch: 1);
        await Cluster.Deactivate(Session);
        (await Session.Open(Connect(2), Id)).Value();
        (await Session.Renew(map, Id, Home)).Refused(RefusalCode.AccountLoggedInByOther);
    }

    [Fact]
    public async Task Of_two_connections_that_a_session_meets_anew_the_newer_login_keeps_it()
    {
        var (old, newer) = (Connect(1), Connect(2));
        (await Session.Renew(old, null, null)).Value();
        (await Session.Renew(newer, null, null)).Value();
        await ClosedWith(old, RefusalCode.AccountLoggedInByOther);
        (await Session.Renew(old, null, null)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Session.Renew(newer, null, null)).Value();
    }

    [Fact]
    public async Task A_renewal_that_crosses_the_entry_by_another_connection_is_no_kick()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        (await Enter(Connect(1), (await Select(central)).Value())).Value();
        (await Session.Renew(central, null, null)).Refused(RefusalCode.None);
    }

    [Fact]
    public async Task A_renewal_that_crosses_the_close_of_its_connection_does_not_bring_it_back()
    {
        var central = Connect(1);
        (await Session.Open(central, null)).Value();
        await Session.Close(central.Connection);
        (await Session.Renew(central, null, null)).Refused(RefusalCode.None);
        Assert.False((await Session.GetState()).Connected);
    }

    [Fact]
    public async Task Resuming_at_a_warm_character_writes_nothing()
    {
        var (map, playing) = await Play(epoch: 1);
        await Session.Close(map.Connection);
        Storage.ForgetCalls();
        (await Session.Enter(Connect(1), Id, new ResumePass(playing.ResumeToken))).Value();
        Assert.DoesNotContain(Storage.Calls, call => call.IsChange);
    }

    [Fact]
    public async Task A_store_that_is_away_does_not_keep_a_login_out()
    {
        await Play(epoch: 1);
        await Deactivate();
        using var away = Storage.FailAll(call => call.State == CharacterRecord.State, CommitPoint.Before);
        (await Session.Open(Connect(2), null)).Value();
    }

    [Fact]
    public async Task Of_a_hundred_logins_at_once_one_is_on_the_map_at_the_end()
    {
        var entries = await Task.WhenAll(Enumerable.Range(1, 100).Select(epoch => LogInAndEnter(epoch)));
        var state = await Session.GetState();
        Assert.Equal(100, state.Epoch);
        var last = (await Enter(Connect(100), (await Select(await Opened(100))).Value())).Value();
        Assert.All(entries.OfType<Granted<Admission>>(), entry => Assert.True(entry.Value.Owner < last.Owner));
        foreach (var entry in entries.OfType<Granted<Admission>>())
            Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(entry.Value, tick: 1)));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(last, tick: 1)));
        Assert.Equal(0, _gateway.Closed(RefusalCode.KickedFromServer));
    }

    private async Task<Answer<Admission>> LogInAndEnter(long epoch)
    {
        var central = Connect(epoch);
        if (!(await Session.Open(central, null)).TryGet(out _, out var overtaken)) return Answer.Refuse<Admission>(overtaken);
        if (!(await Select(central)).TryGet(out var ticket, out var refused)) return Answer.Refuse<Admission>(refused);
        return await Enter(Connect(epoch), ticket);
    }
}
