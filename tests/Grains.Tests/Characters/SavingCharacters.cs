using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Characters;

public sealed class SavingCharacters : CharacterStage
{
    private static readonly Fence LaterMap = new(2, 0);

    [Fact]
    public async Task The_newest_image_wins_whatever_order_they_come_in()
    {
        var playing = await Enter();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 5, Here) with { Data = new byte[] { 9 } }));
        Storage.ForgetCalls();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 4, There)));
        Assert.Empty(Storage.Calls);
        var again = (await Enter()).Image;
        Assert.Equal(Here, again.Pose);
        Assert.Equal(new byte[] { 9 }, again.Data.ToArray());
    }

    [Fact]
    public async Task A_pose_alone_leaves_the_data_as_it_is()
    {
        var playing = await Enter();
        await Keeping.Save(Maps.Play(playing, tick: 1, Here) with { Data = new byte[] { 9 } });
        await Keeping.Save(Maps.Play(playing, tick: 2, There) with { PoseOnly = true });
        await Deactivate();
        var attached = await Keeping.Attach(playing.Owner, LaterMap);
        Assert.Equal((SaveAnswer.Saved, There), (attached.Answer, attached.Image!.Pose));
        Assert.Equal(new byte[] { 9 }, attached.Image.Data.ToArray());
    }

    [Fact]
    public async Task A_grain_that_has_moved_accepts_the_owner_that_plays_on()
    {
        var playing = await Enter();
        await Deactivate();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 5, Here)));
        var resumed = (await Enter()).Owner;
        Assert.Equal(playing.Owner.Incarnation + 1, resumed.Incarnation);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(playing, tick: 6, There)));
    }

    [Fact]
    public async Task A_grain_that_has_moved_refuses_an_owner_below_the_last_that_saved()
    {
        var ticket = (await Select()).Value();
        var first = (await Admit(ticket)).Value();
        var second = (await Admit(ticket)).Value();
        await Keeping.Save(Maps.Play(second, tick: 1, Here));
        await Deactivate();
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(Maps.Play(first, tick: 9, There)));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(second, tick: 2, Here)));
    }

    [Fact]
    public async Task After_a_fail_over_the_map_before_it_writes_no_more()
    {
        var playing = await Enter();
        var late = Maps.Play(playing, tick: 100, There);
        Assert.Equal(SaveAnswer.Saved, (await Keeping.Attach(playing.Owner, LaterMap)).Answer);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(late));
        Assert.Equal(SaveAnswer.Stale, (await Keeping.Attach(playing.Owner, new Fence(1, 0))).Answer);
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(late with { Stamp = new Stamp(playing.Owner, LaterMap, 1), Pose = Here }));
        Assert.Equal(Here, (await Enter()).Image.Pose);
    }

    [Fact]
    public async Task A_store_that_fails_before_the_commit_keeps_the_image_before_it()
    {
        var playing = await Enter();
        await Keeping.Save(Maps.Play(playing, tick: 1, Here));
        Storage.FailNext(CharacterRecord.State, CommitPoint.Before);
        Assert.Equal(SaveAnswer.Failed, await Keeping.Save(Maps.Play(playing, tick: 2, There)));
        Assert.Equal(Here, (await Keeping.Attach(playing.Owner, LaterMap)).Image!.Pose);
    }

    [Fact]
    public async Task A_save_that_is_tried_again_after_a_lost_answer_is_saved_without_another_write()
    {
        var playing = await Enter();
        var image = Maps.Play(playing, tick: 2, There);
        Storage.FailNext(CharacterRecord.State, CommitPoint.After);
        Assert.Equal(SaveAnswer.Failed, await Keeping.Save(image));
        Storage.ForgetCalls();
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(image));
        Assert.Equal(0, Changes());
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_lost_that_was_acknowledged()
    {
        var playing = await Enter();
        await Keeping.Save(Maps.Play(playing, tick: 1, Here));
        using (Storage.FailAll(call => call.State == CharacterRecord.State, CommitPoint.Before))
        {
            Assert.Equal(SaveAnswer.Failed, await Keeping.Save(Maps.Play(playing, tick: 2, There)));
            Assert.Equal(SaveAnswer.Failed, (await Keeping.Attach(playing.Owner, LaterMap)).Answer);
            (await Select()).Refused(RefusalCode.ServiceNotAvailable);
            await Character.Release(null, Refusal.For(RefusalCode.KickedFromServer));
        }

        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 2, There)));
    }

    [Fact]
    public async Task An_activation_that_lost_its_record_to_another_one_stops_and_the_map_tries_again()
    {
        var playing = await Enter();
        Storage.FailNext(CharacterRecord.State, CommitPoint.Before, new InconsistentStateException("somebody else wrote"));
        Assert.Equal(SaveAnswer.Failed, await Keeping.Save(Maps.Play(playing, tick: 1, Here)));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(playing, tick: 1, Here)));
    }

    [Fact]
    public async Task A_character_that_was_never_selected_has_nothing_to_save()
    {
        var image = new CharacterImage(Id, new Stamp(new Fence(1, 1), default, 1), Home, Here, default, default);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(image));
        Assert.Equal(SaveAnswer.Stale, (await Keeping.Attach(new Fence(1, 1), LaterMap)).Answer);
        Assert.IsType<WarpStale>(await Keeping.Warp(new WarpOrder(Guid.NewGuid(), image, Away, null)));
        Assert.Equal(0, Changes());
    }
}
