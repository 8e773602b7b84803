using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Characters;

public sealed class Admitting : CharacterStage
{
    [Fact]
    public async Task A_warm_character_is_admitted_without_a_write()
    {
        var ticket = (await Select()).Value();
        Storage.ForgetCalls();
        var admission = (await Admit(ticket)).Value();
        (await Resume(admission)).Value();
        Assert.Empty(Storage.Calls);
    }

    [Fact]
    public async Task The_same_ticket_is_admitted_again_in_place_of_the_earlier_entry()
    {
        var ticket = (await Select()).Value();
        var first = (await Admit(ticket)).Value();
        var second = (await Admit(ticket)).Value();
        Assert.Equal(first.Owner.Next(), second.Owner);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(first, tick: 5, Here)));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(second, tick: 1, Here)));
        (await Resume(first)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_ticket_is_good_for_thirty_seconds()
    {
        var ticket = (await Select()).Value();
        Time.Advance(TimeSpan.FromSeconds(29));
        (await Admit(ticket)).Value();
        Time.Advance(TimeSpan.FromSeconds(1));
        (await Admit(ticket)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_ticket_is_good_for_its_account_only()
    {
        var ticket = (await Select()).Value();
        (await Character.Admit(AccountId.New(), new TicketPass(ticket.Ticket))).Refused(RefusalCode.TicketExpired);
        (await Admit(ticket)).Value();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1_000_000)]
    public async Task What_is_no_ticket_is_refused_and_harms_nobody(int length)
    {
        (await Character.Admit(Account, new TicketPass(new byte[length]))).Refused(RefusalCode.TicketExpired);
        var ticket = (await Select()).Value();
        (await Character.Admit(Account, new TicketPass(new byte[length]))).Refused(RefusalCode.TicketExpired);
        (await Character.Admit(Account, new ResumePass(new byte[length]))).Refused(RefusalCode.TicketExpired);
        (await Character.Admit(Account, new ResumePass(ticket.Ticket))).Refused(RefusalCode.TicketExpired);
        (await Admit(ticket)).Value();
    }

    [Fact]
    public async Task A_newer_selection_voids_the_ticket_and_the_resume_token()
    {
        var ticket = (await Select()).Value();
        var admission = (await Admit(ticket)).Value();
        await Select();
        (await Admit(ticket)).Refused(RefusalCode.TicketExpired);
        (await Resume(admission)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_release_voids_everything_and_takes_the_character_off_its_map()
    {
        var ticket = (await Select()).Value();
        var admission = (await Admit(ticket)).Value();
        Maps.Play(admission, tick: 4, Here);
        await Character.Release(null, Refusal.For(RefusalCode.KickedFromServer));
        Assert.False(Maps.Plays(Home, Id));
        (await Admit(ticket)).Refused(RefusalCode.TicketExpired);
        (await Resume(admission)).Refused(RefusalCode.TicketExpired);
        Assert.Equal(Here, (await Enter()).Image.Pose);
    }

    [Fact]
    public async Task A_release_by_a_session_that_missed_an_entry_takes_nobody_off()
    {
        var first = await Enter();
        var second = (await Resume(first)).Value();
        Maps.Play(second, tick: 1);

        await Character.Release(first.Owner, Refusal.For(RefusalCode.AccountLoggedInByOther));

        Assert.True(Maps.Plays(Home, Id));
        var third = (await Resume(second)).Value(); // Its token is as good as before.
        await Character.Release(third.Owner, Refusal.For(RefusalCode.AccountLoggedInByOther));
        Assert.False(Maps.Plays(Home, Id));
        (await Resume(third)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_resume_token_is_renewed_and_the_one_before_is_good_until_the_new_one_was_used()
    {
        var first = await Enter();
        var second = (await Resume(first)).Value();
        var third = (await Resume(first)).Value(); // The second answer was lost.
        Assert.True(third.Owner > second.Owner);
        (await Resume(second)).Refused(RefusalCode.TicketExpired);
        (await Resume(third)).Value();
        (await Resume(first)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_ticket_is_void_once_its_player_has_resumed()
    {
        var ticket = (await Select()).Value();
        (await Resume((await Admit(ticket)).Value())).Value();
        (await Admit(ticket)).Refused(RefusalCode.TicketExpired);
    }

    [Fact]
    public async Task A_cold_character_is_resumed_with_one_read_and_one_write()
    {
        var playing = await Enter();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 1, Here)));
        await Deactivate();
        Storage.ForgetCalls();
        var resumed = (await Resume(playing)).Value();
        Assert.Equal((1, 1), (Storage.Reads(CharacterRecord.State), Changes()));
        Assert.Equal(playing.Owner.Incarnation + 1, resumed.Owner.Incarnation);
        Assert.Equal((Home, Here), (resumed.Map, resumed.Image.Pose));
        await Deactivate();
        (await Resume(resumed)).Value();
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task A_cold_resume_that_the_store_fails_is_refused_and_works_the_next_time(CommitPoint point)
    {
        var playing = await Enter();
        await Keeping.Save(Maps.Play(playing, tick: 1, Here));
        await Deactivate();
        Storage.FailNext(CharacterRecord.State, point);
        (await Resume(playing)).Refused(RefusalCode.ServiceNotAvailable);
        (await Resume(playing)).Value();
    }

    [Fact]
    public async Task A_ticket_does_not_outlive_the_activation_and_another_selection_helps()
    {
        var ticket = (await Select()).Value();
        await Deactivate();
        (await Admit(ticket)).Refused(RefusalCode.TicketExpired);
        await Enter();
    }

    [Fact]
    public async Task A_client_that_goes_while_the_character_is_read_takes_it_from_nobody()
    {
        var playing = await Enter();
        await Keeping.Save(Maps.Play(playing, tick: 1, Here));
        await Deactivate();
        using var slow = Storage.HoldNext(call => call is { Kind: StorageCallKind.Read, State: CharacterRecord.State });
        await CallOffAdmission(playing, slow);
        slow.Release();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 2, Here)));
        (await Resume(playing)).Value();
    }

    [Fact]
    public async Task One_that_goes_while_the_character_is_busy_takes_it_from_nobody()
    {
        var playing = await Enter();
        using var slow = Storage.Hold(CharacterRecord.State);
        var saving = Keeping.Save(Maps.Play(playing, tick: 1, Here));
        await Wait.In(slow.Arrived, "the save to be written, before the admission can come first");
        await CallOffAdmission(playing, slow);
        slow.Release();
        Assert.Equal(SaveAnswer.Saved, await saving);
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 2, Here)));
        (await Resume(playing)).Value();
    }

    [Fact]
    public async Task A_repeated_admission_is_one_and_is_answered_the_same()
    {
        var (pass, entry) = (new TicketPass((await Select()).Value().Ticket), Guid.NewGuid());
        var first = (await Character.Admit(Account, pass, entry)).Value();
        var again = (await Character.Admit(Account, pass, entry)).Value();
        Assert.Equal(first.Owner, again.Owner);
        Assert.Equal(first.ResumeToken.ToArray(), again.ResumeToken.ToArray());
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(first, tick: 1)));
        Assert.True((await Resume(first)).Value().Owner > first.Owner);
        (await Character.Admit(Account, pass, entry)).Refused(RefusalCode.TicketExpired);
    }

    /// <summary>Whoever played was lost, resumes while the store is slow, and goes again.</summary>
    private async Task CallOffAdmission(Admission playing, StorageHold slow)
    {
        using var client = new CancellationTokenSource();
        var admitting = Character.Admit(Account, new ResumePass(playing.ResumeToken), Guid.NewGuid(), client.Token);
        await Wait.In(slow.Arrived, "the store to be slow");
        await Cluster.CallOff(admitting, client, Character);
    }
}
