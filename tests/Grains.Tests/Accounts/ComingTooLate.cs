using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>Entries and logins that the network or a silo that stops holds up, or makes twice.</summary>
public sealed class ComingTooLate : SessionStage
{
    [Fact]
    public async Task An_entry_that_arrives_when_its_client_has_come_by_another_connection_is_refused()
    {
        var pass = await Lost();
        var (heldUp, now) = (Connect(1), Connect(1));
        var resumed = (await Session.Enter(now, Id, pass)).Value();
        _gateway.Lose(heldUp);
        (await Session.Enter(heldUp, Id, pass)).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Null(_gateway.ClosedWith(now));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(resumed, tick: 1)));
    }

    /// <summary>Seen when a network was cut in the middle of a warp: nobody held the session, the later of two entries won, and it was the one nobody waited for.</summary>
    [Fact]
    public async Task One_that_arrives_while_its_client_comes_by_another_connection_is_refused()
    {
        var opened = await Opened(1);
        var pass = new TicketPass((await Select(opened)).Value().Ticket);
        await Session.Close(opened.Connection);
        var (heldUp, now) = (Connect(1), Connect(1));
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.There);
        var entering = Session.Enter(now, Id, pass, Guid.NewGuid());
        await hold.Arrived;
        _gateway.Lose(heldUp);
        (await Session.Enter(heldUp, Id, pass, Guid.NewGuid())).Refused(RefusalCode.AccountLoggedInByOther);
        hold.Release();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play((await entering).Value(), tick: 1)));
    }

    [Fact]
    public async Task So_it_is_by_a_session_that_lost_its_memory()
    {
        var pass = await Lost();
        var (heldUp, now) = (Connect(1), Connect(1));
        var resumed = (await Session.Enter(now, Id, pass)).Value();
        await Cluster.Deactivate(Session);
        _gateway.Lose(heldUp);
        (await Session.Enter(heldUp, Id, pass)).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(resumed, tick: 1)));
    }

    [Fact]
    public async Task A_login_with_the_same_token_whose_connection_is_gone_takes_nothing_over()
    {
        var (map, playing) = await Play(epoch: 1);
        var heldUp = Connect(1);
        _gateway.Lose(heldUp);
        (await Session.Open(heldUp, null)).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Null(_gateway.ClosedWith(map));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 1)));
    }

    /// <summary>
    /// Seen when a network was cut: the silo that was given up still had the session as it was before, and got the farewell and the login that had been
    /// made again elsewhere since.
    /// </summary>
    [Fact]
    public async Task A_login_at_a_session_that_missed_an_entry_takes_nobody_off_its_map()
    {
        var (map, playing) = await Play(epoch: 1);
        var elsewhere = (await Character.Admit(Account, new ResumePass(playing.ResumeToken))).Value();
        await ALoginTakesNobodyOff(map, elsewhere);
    }

    [Fact]
    public async Task So_it_is_when_that_session_had_only_selected()
    {
        var central = await Opened(1);
        var ticket = (await Select(central)).Value();
        var elsewhere = (await Character.Admit(Account, new TicketPass(ticket.Ticket))).Value();
        await ALoginTakesNobodyOff(central, elsewhere);
    }

    /// <summary>Seen with two clusters on one world: the save of the earlier one lost, so its character was activated anew, and knew no entry.</summary>
    [Fact]
    public async Task Nor_when_the_character_has_lost_its_memory_meanwhile()
    {
        var (map, playing) = await Play(epoch: 1);
        await Deactivate();
        var ticket = (await Character.Select(new CharacterSelection(Account, new CharacterListed(Id, "Zoë", default, Time.GetUtcNow(), null), "1"))).Value();
        var elsewhere = (await Character.Admit(Account, new TicketPass(ticket.Ticket))).Value();
        Maps.Play(elsewhere, tick: 1);
        var before = Maps.Evictions.Length;
        await Deactivate();
        await Session.Close(map.Connection);

        (await Session.Open(Connect(1), Id)).Value();

        Assert.True(elsewhere.Owner > playing.Owner);
        Assert.Equal(before, Maps.Evictions.Length);
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(elsewhere, tick: 2)));
    }

    [Fact]
    public async Task An_operator_takes_off_whoever_plays_also_whom_the_session_missed()
    {
        var (_, playing) = await Play(epoch: 1);
        Maps.Play((await Character.Admit(Account, new ResumePass(playing.ResumeToken))).Value(), tick: 1);

        await Session.Kick(Refusal.For(RefusalCode.KickedFromServer));

        Assert.False(Maps.Plays(Home, Id));
    }

    [Fact]
    public async Task An_entry_that_is_granted_when_a_newer_login_has_come_is_taken_back_with_what_the_map_knew()
    {
        var (_, playing) = await Play(epoch: 1);
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.Back);
        var entering = Session.Enter(Connect(1), Id, new ResumePass(playing.ResumeToken));
        await hold.Arrived;
        Maps.Play(playing, tick: 5, Here);
        await Opened(2);
        Assert.True(Maps.Plays(Home, Id)); // The login knows nothing of that entry.
        hold.Release();
        (await entering).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.False(Maps.Plays(Home, Id));
        Assert.Equal(Here, (await Enter(Connect(2), (await Select(await Opened(2))).Value())).Value().Image.Pose);
    }

    [Fact]
    public async Task Unless_the_newer_login_has_selected_meanwhile()
    {
        var (_, playing) = await Play(epoch: 1);
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.Back);
        var entering = Session.Enter(Connect(1), Id, new ResumePass(playing.ResumeToken));
        await hold.Arrived;
        var ticket = (await Select(await Opened(2))).Value();
        hold.Release();
        (await entering).Refused(RefusalCode.AccountLoggedInByOther);
        (await Enter(Connect(2), ticket)).Value();
    }

    [Fact]
    public async Task An_entry_that_waits_for_its_gateway_gives_way_to_a_later_one()
    {
        var pass = await Lost();
        var asked = _gateway.HoldConfirmations();
        var earlier = Session.Enter(Connect(1), Id, pass);
        await asked;
        var elsewhere = new FakeGateway();
        var now = elsewhere.Connect(Cluster.Grains, epoch: 1);
        (await Session.Enter(now, Id, pass)).Value();
        _gateway.ReleaseConfirmations();
        (await earlier).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Null(elsewhere.ClosedWith(now));
    }

    [Fact]
    public async Task A_login_that_waits_for_its_gateway_gives_way_to_a_newer_one()
    {
        await Opened(1);
        var asked = _gateway.HoldConfirmations();
        var older = Session.Open(Connect(1), null);
        await asked;
        var newer = await Opened(2);
        _gateway.ReleaseConfirmations();
        (await older).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Null(_gateway.ClosedWith(newer));
        Assert.Equal(2, (await Session.GetState()).Epoch);
    }

    [Fact]
    public async Task A_gateway_that_does_not_say_keeps_its_login_waiting_two_seconds()
    {
        var (map, _) = await Play(epoch: 1);
        _ = _gateway.HoldConfirmations();
        Assert.NotNull((await Passing(Session.Open(Connect(1), null))).Refused(RefusalCode.MapServerNotReady).RetryAfter);
        Assert.Null(_gateway.ClosedWith(map));
    }

    [Fact]
    public async Task An_entry_that_arrives_twice_is_one_entry()
    {
        var (pass, again, entry) = (await Lost(), Connect(1), Guid.NewGuid());
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.There);
        var first = Session.Enter(again, Id, pass, entry);
        await hold.Arrived;
        var second = Session.Enter(again, Id, pass, entry);
        await Session.GetState(); // Behind it.
        hold.Release();
        Assert.Equal((await first).Value().Owner, (await second).Value().Owner);
        Assert.Equal((await first).Value().Owner, (await Session.Enter(again, Id, pass, entry)).Value().Owner);
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play((await first).Value(), tick: 1)));
    }

    [Fact]
    public async Task So_it_is_when_its_session_has_moved_meanwhile()
    {
        var (pass, again, entry) = (await Lost(), Connect(1), Guid.NewGuid());
        var first = (await Session.Enter(again, Id, pass, entry)).Value();
        await Cluster.Deactivate(Session);
        Assert.Equal(first.Owner, (await Session.Enter(again, Id, pass, entry)).Value().Owner);
    }

    [Fact]
    public async Task A_connection_may_ask_again_with_the_same_ticket_when_its_map_was_busy()
    {
        var (map, ticket) = (Connect(1), (await Select(await Opened(1))).Value());
        var first = (await Session.Enter(map, Id, new TicketPass(ticket.Ticket), Guid.NewGuid())).Value();
        var again = (await Session.Enter(map, Id, new TicketPass(ticket.Ticket), Guid.NewGuid())).Value();
        Assert.True(again.Owner > first.Owner);
        Assert.Null(_gateway.ClosedWith(map));
    }

    [Fact]
    public async Task An_entry_whose_character_goes_away_with_its_silo_is_asked_for_again()
    {
        var (_, playing) = await Play(epoch: 1);
        var entering = await EnterWhileTheSiloDies(Connect(1), new ResumePass(playing.ResumeToken));
        (await Passing(entering)).Value();
    }

    [Fact]
    public async Task One_that_is_to_be_asked_for_again_gives_way_to_a_later_one()
    {
        var (_, playing) = await Play(epoch: 1);
        var pass = new ResumePass(playing.ResumeToken);
        var entering = await EnterWhileTheSiloDies(Connect(1), pass);
        var later = Connect(1);
        (await Session.Enter(later, Id, pass)).Value();
        (await Passing(entering)).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Null(_gateway.ClosedWith(later));
    }

    /// <summary>A player loses its connection, and has this to come back with.</summary>
    private async Task<ResumePass> Lost()
    {
        var (map, playing) = await Play(epoch: 1);
        await Session.Close(map.Connection);
        return new ResumePass(playing.ResumeToken);
    }

    /// <summary>The call to the character's grain fails under way; the answer waits to ask again.</summary>
    private async Task<Task<Answer<Admission>>> EnterWhileTheSiloDies(SessionHolder holder, EntryPass pass)
    {
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.There);
        var entering = Session.Enter(holder, Id, pass);
        await hold.Arrived;
        hold.Fail(new SiloUnavailableException("The silo of the character is gone."));
        return entering;
    }

    /// <summary>The session's own connection has ended and its client logs in again, while the character plays elsewhere.</summary>
    private async Task ALoginTakesNobodyOff(SessionHolder ended, Admission elsewhere)
    {
        Maps.Play(elsewhere, tick: 1);
        await Session.Close(ended.Connection);

        (await Session.Open(Connect(1), Id)).Value();

        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(elsewhere, tick: 2)));
    }
}
