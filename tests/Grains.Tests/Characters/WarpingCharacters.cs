using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Characters;

public sealed class WarpingCharacters : CharacterStage
{
    [Fact]
    public async Task A_warp_is_one_write_and_leads_to_the_other_map()
    {
        var order = await Order();
        Storage.ForgetCalls();
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Assert.Equal(1, Changes());
        Assert.Equal((Id, Away), (moved.Ticket.Character, moved.Ticket.Map));
        var admission = (await Admit(moved.Ticket)).Value();
        Assert.Equal((Away, There), (admission.Map, admission.Image.Pose));
        Assert.Equal(new byte[] { 9 }, admission.Image.Data.ToArray());
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(admission, tick: 0)));
    }

    [Fact]
    public async Task The_map_that_was_left_writes_no_more()
    {
        var order = await Order();
        await Keeping.Warp(order);
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(order.Image with { Stamp = order.Image.Stamp with { Tick = 999 } }));
        Assert.IsType<WarpStale>(await Keeping.Warp(order with { WarpId = Guid.NewGuid() }));
        Assert.Empty(Maps.Evictions);
    }

    [Theory]
    [InlineData(RefusalCode.MapIsFull)]
    [InlineData(RefusalCode.MapNotFound)]
    [InlineData(RefusalCode.MapServerNotReady)]
    public async Task A_target_that_refuses_leaves_the_character_where_it_is(RefusalCode code)
    {
        var order = await Order();
        Maps.Refuse(Away, code);
        Storage.ForgetCalls();
        Assert.Equal(code, Assert.IsType<WarpDenied>(await Keeping.Warp(order)).Why.Code);
        await StillHome(order);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_leaves_the_character_where_it_is_within_two_seconds()
    {
        var order = await Order();
        Maps.Silence(Away);
        Storage.ForgetCalls();
        var started = Time.GetUtcNow();
        Assert.Equal(RefusalCode.MapServerNotReady, Assert.IsType<WarpDenied>(await Passing(Keeping.Warp(order))).Why.Code);
        Assert.InRange(Time.GetUtcNow() - started, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2));
        await StillHome(order);
    }

    [Fact]
    public async Task The_same_warp_again_is_answered_with_a_ticket_without_another_write()
    {
        var order = await Order();
        Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Storage.ForgetCalls();
        var again = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Assert.Equal(0, Changes());
        Assert.Equal(Away, (await Admit(again.Ticket)).Value().Map);
    }

    [Fact]
    public async Task The_same_warp_again_is_answered_though_the_target_is_full_by_now()
    {
        var order = await Order();
        await Keeping.Warp(order);
        Maps.Refuse(Away, RefusalCode.MapIsFull);
        var again = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Assert.Equal(MapAddress.Unknown.Endpoints, again.Ticket.Address.Endpoints);
        Assert.Equal(Away, (await Admit(again.Ticket)).Value().Map);
    }

    [Fact]
    public async Task The_same_warp_is_answered_by_the_next_activation_too()
    {
        var order = await Order();
        await Keeping.Warp(order);
        await Deactivate();
        await Keeping.Warp(order);
        var again = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Assert.Equal(Away, (await Admit(again.Ticket)).Value().Map);
    }

    [Fact]
    public async Task A_map_that_starts_anew_in_the_place_of_the_one_that_was_left_is_given_the_ticket()
    {
        var order = await Order();
        await Keeping.Warp(order);
        var attached = await Keeping.Attach(order.Image.Stamp.Owner, new Fence(2, 0));
        Assert.Equal((SaveAnswer.Stale, Away), (attached.Answer, attached.Moved!.Map));
        Assert.Equal(There, (await Admit(attached.Moved)).Value().Image.Pose);
        Assert.Equal(new AttachAnswer(SaveAnswer.Stale), await Keeping.Attach(order.Image.Stamp.Owner, new Fence(2, 0)));
    }

    [Fact]
    public async Task A_warp_that_comes_again_after_the_player_has_arrived_is_stale()
    {
        var order = await Order();
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        var arrived = (await Admit(moved.Ticket)).Value();
        Assert.IsType<WarpStale>(await Keeping.Warp(order));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(arrived, tick: 1)));
    }

    [Fact]
    public async Task A_warp_of_a_character_that_was_selected_elsewhere_is_stale()
    {
        var order = await Order();
        await Select();
        Assert.IsType<WarpStale>(await Keeping.Warp(order));
        Assert.Equal(Home, await Character.Whereabouts());
    }

    [Fact]
    public async Task A_cold_grain_warps_its_owner_with_one_write()
    {
        var order = await Order();
        await Deactivate();
        Storage.ForgetCalls();
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        Assert.Equal(1, Changes());
        Assert.Equal(order.Image.Stamp.Owner.Incarnation + 1, (await Admit(moved.Ticket)).Value().Owner.Incarnation);
    }

    /// <summary>Whatever the store does to the one write, and wherever the grain dies, asking again ends in one place.</summary>
    [Theory]
    [InlineData(CommitPoint.Before, false)]
    [InlineData(CommitPoint.After, false)]
    [InlineData(CommitPoint.Before, true)]
    [InlineData(CommitPoint.After, true)]
    public async Task An_unknown_outcome_is_found_out_by_asking_again(CommitPoint point, bool dies)
    {
        var order = await Order();
        Storage.FailNext(CharacterRecord.State, point);
        Assert.IsType<WarpUnknown>(await Keeping.Warp(order));
        if (dies) await Deactivate();
        Assert.Equal(point == CommitPoint.After ? Away : Home, await Character.Whereabouts());
        var moved = Assert.IsType<WarpMoved>(await Keeping.Warp(order));
        var arrived = (await Admit(moved.Ticket)).Value();
        Assert.Equal((Away, There), (arrived.Map, arrived.Image.Pose));
        Assert.Equal(SaveAnswer.Stale, await Keeping.Save(order.Image with { Stamp = order.Image.Stamp with { Tick = 999 } }));
        Assert.Equal(SaveAnswer.Saved, await Keeping.Save(Maps.Play(arrived, tick: 1)));
    }

    [Theory]
    [InlineData(CommitPoint.Before)]
    [InlineData(CommitPoint.After)]
    public async Task A_player_whose_warp_is_in_doubt_can_select_again(CommitPoint point)
    {
        var order = await Order();
        Storage.FailNext(CharacterRecord.State, point);
        Assert.IsType<WarpUnknown>(await Keeping.Warp(order));
        var again = (await Admit((await Select()).Value())).Value();
        Assert.Equal(point == CommitPoint.After ? (Away, There) : (Home, Here), (again.Map, again.Image.Pose!.Value));
        Assert.IsType<WarpStale>(await Keeping.Warp(order));
    }

    [Fact]
    public async Task Who_is_denied_after_an_unknown_outcome_stays_where_it_is_though_the_earlier_write_lands_late()
    {
        var order = await Order();
        using var hold = Storage.HoldNext(call => call.State == CharacterRecord.State && call.IsChange);
        Task unknown = Keeping.Warp(order);
        await hold.Arrived;
        await Passing(Character.Whereabouts()); // Behind it: the write is given up by then.
        await unknown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext); // Unknown, or too late for whoever asked.
        Maps.Refuse(Away, RefusalCode.MapIsFull);
        Assert.IsType<WarpDenied>(await Passing(Keeping.Warp(order with { MayBeWritten = true })));
        hold.Release();
        await Deactivate();
        Storage.ForgetCalls();
        await StillHome(order);
    }

    [Fact]
    public async Task A_denied_warp_stays_denied_though_an_earlier_order_for_it_arrives_late()
    {
        var order = await Order();
        Maps.Refuse(Away, RefusalCode.MapIsFull);
        Assert.IsType<WarpDenied>(await Keeping.Warp(order with { MayBeWritten = true }));
        Maps.Open(Away);
        Storage.ForgetCalls();
        Assert.Equal(RefusalCode.MapIsFull, Assert.IsType<WarpDenied>(await Keeping.Warp(order)).Why.Code);
        await StillHome(order);
    }

    [Fact]
    public async Task The_store_fails_under_way_once_and_is_then_asked_before_anything_is_sent_to_it()
    {
        var order = await Order();
        using (Storage.FailAll(call => call.State == CharacterRecord.State, CommitPoint.Before))
        {
            Assert.IsType<WarpUnknown>(await Keeping.Warp(order));
            Storage.ForgetCalls();
            Assert.Equal(RefusalCode.ServiceNotAvailable, Assert.IsType<WarpUntried>(await Keeping.Warp(order)).Why.Code);
            Assert.Equal(0, Changes());
        }

        Assert.IsType<WarpMoved>(await Keeping.Warp(order));
    }

    [Fact]
    public async Task A_store_that_failed_somebody_else_is_asked_before_a_warp_is_written_and_the_character_stays_where_it_is()
    {
        var order = await Order();
        using (Storage.FailAll(call => call.State == CharacterRecord.State, CommitPoint.Before))
        {
            await Cluster.Grains.GetGrain<ICharacterGrain>(Guid.NewGuid()).Whereabouts();
            Storage.ForgetCalls();
            Assert.IsType<WarpUntried>(await Keeping.Warp(order));
            Assert.Equal(Home, await Character.Whereabouts());
            await StillHome(order, SaveAnswer.Failed);
        }

        await StillHome(order, SaveAnswer.Saved);
    }

    [Fact]
    public async Task A_store_that_failed_and_now_does_not_answer_at_all_is_not_waited_for_longer_than_a_map_waits()
    {
        var order = await Order();
        Storage.FailNext(call => call.State == CharacterRecord.State, CommitPoint.Before);
        await Cluster.Grains.GetGrain<ICharacterGrain>(Guid.NewGuid()).Whereabouts();
        using (Storage.Hold(call => call.State == CharacterRecord.State))
        {
            var began = Time.GetUtcNow();
            Assert.IsType<WarpUntried>(await Passing(Keeping.Warp(order)));
            Assert.InRange(Time.GetUtcNow() - began, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.5));
        }

        Assert.IsType<WarpMoved>(await Keeping.Warp(order));
    }

    [Fact]
    public async Task A_second_after_the_store_has_fallen_silent_nobody_else_is_written()
    {
        var order = await Order();
        using (var hold = Storage.Hold(call => call.State == CharacterRecord.State))
        {
            var other = Cluster.Grains.GetGrain<ICharacterGrain>(Guid.NewGuid());
            var first = other.Whereabouts();
            await Wait.In(hold.Arrived, "the question to hang");
            await Cluster.Hear(other);
            await Pass(TimeSpan.FromSeconds(1.1));
            Storage.ForgetCalls();
            Assert.IsType<WarpUntried>(await Passing(Keeping.Warp(order)));
            Assert.Equal(0, Changes());
            Assert.False(first.IsCompleted);
            await Passing(first);
        }

        await StillHome(order);
    }

    [Fact]
    public async Task Nor_when_it_still_answers_questions_and_only_writes_hang()
    {
        var order = await Order();
        var others = new[] { await Selected(), await Selected() };
        using (var hold = Storage.Hold(CharacterRecord.State))
        {
            var hanging = others.Select(other => other.Mute(Time.GetUtcNow().AddDays(1))).ToList();
            await Wait.Until(() => hold.Count == 2, "two writes to hang");
            await Task.WhenAll(others.Select(other => Cluster.Hear(other)));
            await Pass(TimeSpan.FromSeconds(1.1));
            Assert.NotNull(await Character.Whereabouts());
            Storage.ForgetCalls();
            Assert.IsType<WarpUntried>(await Passing(Keeping.Warp(order)));
            Assert.Equal(0, Changes());
            await Passing(Task.WhenAll(hanging));
        }

        await Wait.For(() => Keeping.Warp(order), answer => answer is WarpMoved, "the store to be trusted again");
    }

    /// <summary>Another character that is in the store.</summary>
    private async Task<ICharacterGrain> Selected()
    {
        var other = Cluster.Grains.GetGrain<ICharacterGrain>(Guid.NewGuid());
        var listed = new CharacterListed(new CharacterId(other.GetPrimaryKey()), "Other", default, Time.GetUtcNow(), null);
        (await other.Select(new CharacterSelection(Account, listed, "1"))).Value();
        return other;
    }

    private async Task Pass(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }
    }

    private async Task<WarpOrder> Order()
    {
        var image = Maps.Play(await Enter(), tick: 3, Here) with { Data = new byte[] { 9 } };
        return new WarpOrder(Guid.NewGuid(), image, Away, There);
    }

    private async Task StillHome(WarpOrder order, SaveAnswer saved = SaveAnswer.Saved)
    {
        Assert.Equal(0, Changes());
        Assert.Equal(saved, await Keeping.Save(order.Image with { Stamp = order.Image.Stamp with { Tick = 999 } }));
        Assert.Equal(Home, await Character.Whereabouts());
    }
}
