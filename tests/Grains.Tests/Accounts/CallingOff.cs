using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>Entries whose client goes while they are under way, and too many of them.</summary>
public sealed class CallingOff : SessionStage
{
    [Fact]
    public async Task An_entry_whose_client_goes_while_its_gateway_is_asked_takes_nobody_off()
    {
        var (map, playing) = await Play(epoch: 1);
        var (pass, gone, entry) = (new ResumePass(playing.ResumeToken), Connect(1), Guid.NewGuid());
        var asked = _gateway.HoldConfirmations();
        using var client = new CancellationTokenSource();
        var entering = Session.Enter(gone, Id, pass, entry, client.Token);
        await asked;
        await Cluster.CallOff(entering, client, Session);
        _gateway.ReleaseConfirmations();
        (await Session.Enter(gone, Id, pass, entry)).Refused(RefusalCode.MapServerNotReady); // The same entry: its answer.
        Assert.Null(_gateway.ClosedWith(map));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 1)));
    }

    [Fact]
    public async Task One_whose_client_goes_while_its_character_is_busy_is_waited_for_no_longer()
    {
        var pass = new TicketPass((await Select(await Opened(1))).Value().Ticket);
        using var slow = Storage.Hold(CharacterRecord.State);
        var muting = Character.Mute(Time.GetUtcNow());
        await Wait.In(slow.Arrived, "the character to be busy");
        using var asking = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.There);
        using var client = new CancellationTokenSource();
        var entering = Session.Enter(Connect(1), Id, pass, Guid.NewGuid(), client.Token);
        await asking.Arrived;
        asking.Release();
        await Cluster.CallOff(entering, client, Session);
        await Wait.Until(() => Cluster.Log.Of(1581).Any(), "the session to wait no longer"); // Time stands still.
        slow.Release();
        (await muting).Value();
        (await Session.Enter(Connect(1), Id, pass)).Value();
    }

    [Fact]
    public async Task One_that_is_granted_when_its_client_has_gone_holds_the_session_no_longer_than_its_connection()
    {
        var (pass, gone, entry) = (new TicketPass((await Select(await Opened(1))).Value().Ticket), Connect(1), Guid.NewGuid());
        var hold = Cluster.Calls.HoldNext(Character.GetGrainId(), "Admit", CallPoint.Back);
        using var client = new CancellationTokenSource();
        var entering = Session.Enter(gone, Id, pass, entry, client.Token);
        await hold.Arrived;
        await Cluster.CallOff(entering, client, Session);
        await Session.Close(gone.Connection); // It is not the session's yet.
        hold.Release();
        (await Session.Enter(gone, Id, pass, entry)).Value(); // The same entry: its answer.
        Assert.Equal((false, null), ((await Session.GetState()).Connected, (await Session.GetState()).Where));
        (await Session.Enter(Connect(1), Id, pass)).Value();
    }

    [Fact]
    public async Task Of_entries_at_once_more_than_sixteen_are_told_to_come_again()
    {
        var (map, playing) = await Play(epoch: 1);
        await Session.Close(map.Connection);
        var pass = new ResumePass(playing.ResumeToken);
        _ = _gateway.HoldConfirmations();
        var entering = Enumerable.Range(0, 17).Select(_ => Session.Enter(Connect(1), Id, pass, Guid.NewGuid())).ToArray();
        var last = await Wait.In(Task.WhenAny(entering), "the last that came to be told"); // Whichever it is: they come in any order.
        Assert.NotNull((await last).Refused(RefusalCode.ServerBusy).RetryAfter);
        _gateway.ReleaseConfirmations();
        var answers = await Task.WhenAll(entering);
        Assert.Contains(answers, entered => entered is Granted<Admission>);
        Assert.Single(answers, entered => !entered.TryGet(out _, out var why) && why.Code == RefusalCode.ServerBusy);
        (await Session.Enter(Connect(1), Id, pass)).Value();
    }
}
