using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Characters;

public sealed class Selecting : CharacterStage
{
    [Fact]
    public async Task The_first_selection_makes_the_record_in_one_write_and_leads_to_the_start_map()
    {
        var ticket = (await Select()).Value();
        Assert.Equal((Id, Home, 32), (ticket.Character, ticket.Map, ticket.Ticket.Length));
        Assert.Equal(FakeMaps.Address.Endpoints, ticket.Address.Endpoints);
        Assert.Equal(1, Changes());
        Assert.Empty(Maps.Evictions);
        var admission = (await Admit(ticket)).Value();
        Assert.Equal(("Zoë", Home, null), (admission.Name, admission.Map, admission.Image.Pose));
        Assert.Equal(new byte[] { 1, 2, 3 }, admission.Appearance.ToArray());
    }

    [Fact]
    public async Task A_character_that_still_plays_is_called_back_and_goes_on_where_it_stood()
    {
        var playing = await Enter();
        Maps.Play(playing, tick: 7, Here);
        var again = await Enter();
        Assert.True(again.Owner > playing.Owner);
        Assert.Equal(Here, again.Image.Pose);
        var eviction = Assert.Single(Maps.Evictions);
        Assert.Equal(RefusalCode.AccountLoggedInByOther, eviction.Why.Code);
        Assert.True(eviction.Below > playing.Owner);
    }

    [Fact]
    public async Task Whoever_played_before_writes_no_more()
    {
        var playing = await Enter();
        await Enter();
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 99, Here)));
        Assert.Equal(SaveAnswer.Stale, (await Keeping.Attach(playing.Owner, new Fence(2, 0))).Answer);
    }

    [Fact]
    public async Task A_map_that_does_not_answer_costs_two_seconds_and_what_was_not_saved()
    {
        var playing = await Enter();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 1, Here)));
        Maps.Play(playing, tick: 2, There);
        Maps.Silence(Home);
        var started = Time.GetUtcNow();
        var ticket = (await Passing(Select("2"))).Value();
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
        Assert.Equal(Here, (await Admit(ticket)).Value().Image.Pose);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 3, There)));
    }

    [Fact]
    public async Task A_selection_by_a_session_that_missed_an_entry_is_refused_and_who_plays_stays()
    {
        var first = await Enter();
        var second = (await Resume(first)).Value();
        Maps.Play(second, tick: 1);

        (await Select(entered: first.Owner)).Refused(RefusalCode.AccountLoggedInByOther);

        Assert.True(Maps.Plays(Home, Id));
        (await Resume(second)).Value();
        (await Select(entered: second.Owner)).Refused(RefusalCode.AccountLoggedInByOther); // That was one more.
        Time.Advance(TimeSpan.FromMinutes(1)); // One that is only behind is not locked out for good.
        (await Select(entered: second.Owner)).Value();
        Assert.False(Maps.Plays(Home, Id));
    }

    [Fact]
    public async Task One_where_another_activation_has_the_character_is_refused_and_that_one_stops()
    {
        await Enter();
        await using var other = await BesideThis();
        var there = other.Grains.GetGrain<ICharacterGrain>(Id.Value);
        var ticket = (await there.Select(Selection("1"))).Value();
        var playing = (await there.Admit(Account, new TicketPass(ticket.Ticket))).Value();
        Maps.Play(playing, tick: 0);

        (await Select()).Refused(RefusalCode.ServiceNotAvailable);

        Assert.True(Maps.Plays(Home, Id));
        Assert.True((await Enter()).Owner > playing.Owner);
    }

    [Fact]
    public async Task A_login_that_called_back_in_vain_does_not_wait_twice()
    {
        await Enter();
        Maps.Silence(Home);
        await Passing(Character.Release(null, Refusal.For(RefusalCode.AccountLoggedInByOther)));
        Maps.Open(Home);
        (await Select()).Value();
        Assert.Single(Maps.Evictions);
    }

    [Fact]
    public async Task The_place_is_kept_on_another_channel()
    {
        Maps.Play(await Enter(), tick: 7, Here);
        var other = await Enter("2");
        Assert.Equal(new MapId("2", "Map001"), other.Map);
        Assert.Equal(Here, other.Image.Pose);
        Assert.Equal(Home, Maps.Evictions[0].Map);
        Assert.Equal(other.Map, await Character.Whereabouts());
    }

    [Fact]
    public async Task A_character_whose_map_is_gone_begins_at_the_start_of_the_start_map()
    {
        await EnterAway();
        Maps.Refuse(Away, RefusalCode.MapNotFound);
        var admission = (await Admit((await Select()).Value())).Value();
        Assert.Equal((Home, null), (admission.Map, admission.Image.Pose));
        await Deactivate();
        Assert.Equal(Home, await Character.Whereabouts());
    }

    [Fact]
    public async Task A_map_that_starts_is_waited_for()
    {
        Maps.Refuse(Home, RefusalCode.MapServerNotReady);
        var selecting = Select();
        await Wait.Until(() => Maps.Reservations.Length > 0, "the map to be asked");
        Maps.Open(Home);
        (await Passing(selecting)).Value();
    }

    [Fact]
    public async Task A_map_that_starts_is_waited_for_no_longer_when_the_client_has_gone()
    {
        Maps.Refuse(Home, RefusalCode.MapServerNotReady);
        using var client = new CancellationTokenSource();
        var selecting = Character.Select(new CharacterSelection(Account, new CharacterListed(Id, "Zoë", default, Time.GetUtcNow(), null), "1"), client.Token);
        await Wait.Until(() => Maps.Reservations.Length > 0, "the map to be asked");
        var next = Character.OwnedBy(); // Behind it, and time stands still.
        Assert.False(next.IsCompleted);

        await client.CancelAsync();

        Assert.Equal(Account, await Wait.In(next, "the character to be free for the next"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => selecting);
    }

    [Theory]
    [InlineData(RefusalCode.MapServerNotReady, RefusalCode.MapServerNotReady)]
    [InlineData(RefusalCode.ServerClose, RefusalCode.MapServerNotReady)]
    [InlineData(RefusalCode.MapNotFound, RefusalCode.MapServerNotReady)]
    [InlineData(RefusalCode.MapIsFull, RefusalCode.MapIsFull)]
    public async Task A_map_that_takes_nobody_is_a_refusal_within_the_deadline(RefusalCode map, RefusalCode told)
    {
        Maps.Refuse(Home, map);
        var started = Time.GetUtcNow();
        (await Passing(Select())).Refused(told);
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task A_character_of_another_account_is_not_found()
    {
        await Select();
        var other = await Character.Select(Selection("1") with { Account = AccountId.New() });
        other.Refused(RefusalCode.CharacterNotFound);
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task A_store_that_fails_refuses_the_selection_and_the_next_one_works(CommitPoint point)
    {
        Storage.FailNext(CharacterRecord.State, point);
        (await Select()).Refused(RefusalCode.ServiceNotAvailable);
        var first = await Enter();
        await Deactivate();
        Storage.FailNext(CharacterRecord.State, point);
        (await Select()).Refused(RefusalCode.ServiceNotAvailable);
        var second = await Enter();
        Assert.True(second.Owner.Incarnation > first.Owner.Incarnation);
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task What_a_map_gave_back_is_kept_though_the_store_fails(CommitPoint point)
    {
        Maps.Play(await Enter(), tick: 7, Here);
        Storage.FailNext(CharacterRecord.State, point);
        await Select();
        Assert.Equal(Here, (await Enter()).Image.Pose);
    }

    [Fact]
    public async Task A_deleted_character_is_not_selected_saved_or_admitted()
    {
        var playing = await Enter();
        (await Character.Delete(Account)).Value();
        Assert.False(Maps.Plays(Home, Id));
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 9)));
        (await Resume(playing)).Refused(RefusalCode.TicketExpired);
        (await Select()).Refused(RefusalCode.CharacterNotFound);
        (await Character.Delete(Account)).Value();
        Assert.Null(await Character.Whereabouts());
    }

    [Fact]
    public async Task A_mute_is_stored_told_to_the_map_and_carried_along()
    {
        (await Character.Mute(Time.GetUtcNow())).Refused(RefusalCode.CharacterNotFound);
        await Enter();
        var until = Time.GetUtcNow() + TimeSpan.FromHours(1);
        (await Character.Mute(until)).Value();
        Assert.Equal(until, Maps.Muted);
        Assert.Equal(until, (await Enter()).MutedUntil);
    }

    private CharacterSelection Selection(string channel) =>
        new(Account, new CharacterListed(Id, "Zoë", default, Time.GetUtcNow(), null), channel);

    private async Task EnterAway()
    {
        var order = new WarpOrder(Guid.NewGuid(), Maps.Play(await Enter(), tick: 1, Here), Away, There);
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Maps.Play((await Admit(moved.Ticket)).Value(), tick: 0);
    }
}
