using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Chat;
using MmoOrleans.Grains.Storage;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Core.Internal;
using Orleans.Storage;
using static MmoOrleans.Grains.Tests.Chat.Lines;

namespace MmoOrleans.Grains.Tests.Chat;

public class Talking(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private const string State = "chat";
    private const string StorageIsAway = "the storage to answer";

    [Fact]
    public async Task Lines_of_many_are_heard_by_all_once_and_in_one_order()
    {
        var channel = Channel();
        var listener = await Listener.Of(cluster, channel);
        var said = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => channel.Say(Line($"{i}"))));

        await listener.Heard(100);

        Assert.Equal(said.Select(Granted).Order(), listener.Lines.Select(line => line.Position));
        Assert.Equal(Texts((await channel.Since(Fence.None)).Lines), Texts(listener.Lines));
        Assert.True(listener.IsWithoutGaps);
    }

    [Fact]
    public async Task Lines_that_wait_together_are_stored_with_one_write()
    {
        var channel = Channel();
        Granted(await channel.Say(Line("the first claims the channel")));
        using var hold = cluster.Storage.Hold(call => IsWrite(call, channel));
        var first = channel.Say(Line("first"));
        await Wait.In(hold.Arrived, "the first write to begin");

        var rest = Enumerable.Range(0, new ChatOptions().MaxWaitingLines + 1).Select(i => channel.Say(Line($"{i}"))).ToList();
        await Wait.In(Task.WhenAny(rest), "one to be refused, when all others wait");
        var writes = Writes(channel);
        hold.Release();
        await Task.WhenAll(rest);

        Assert.Equal(writes + 1, Writes(channel));
        Granted(await first);
    }

    [Fact]
    public async Task A_channel_that_is_to_go_says_what_has_gathered_though_more_comes_and_goes()
    {
        await using var slow = await GrainCluster.Start(options => options.Silo = silo => silo.Configure<ChatOptions>(chat => chat.GatherFor = TimeSpan.FromSeconds(0.5)));
        var channel = slow.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("goes"));
        var first = channel.Say(Line("first"));
        await channel.Head();

        await channel.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        var second = channel.Say(Line("second"));

        Granted(await Wait.In(first, "the line that had gathered"));
        Granted(await Wait.In(second, "the line that came after, on the next activation"));
        Assert.Equal(["first", "second"], Texts((await channel.Since(Fence.None)).Lines).Order()); // Calls that are not awaited arrive in any order.
    }

    [Fact]
    public async Task One_line_more_than_may_wait_is_told_to_come_back()
    {
        var channel = Channel();
        using var hold = cluster.Storage.Hold(call => IsWrite(call, channel));
        _ = channel.Say(Line("the first claims the channel"));
        await Wait.In(hold.Arrived, "the write to begin");

        var waiting = Enumerable.Range(0, 300).Select(i => channel.Say(Line($"{i}"))).ToList();
        await Wait.For(() => Task.FromResult(waiting.Count(line => line.IsCompleted)), count => count == 45, "45 lines to be refused");
        hold.Release();
        var answers = await Task.WhenAll(waiting);

        // The line whose claim is being stored waits too, for its own write.
        Assert.Equal(255, answers.OfType<Granted<Fence>>().Count());
        Assert.Equal(45, answers.OfType<Denied<Fence>>().Count(denied => denied.Why.Code == RefusalCode.ServerBusy));
    }

    /// <summary>Seen when a network was cut: the losing silo's channel said a line after the winning silo's had read the record.</summary>
    [Fact]
    public async Task What_another_activation_said_until_it_was_claimed_is_not_lost()
    {
        var channel = Channel();
        var other = new ChannelStore(channel.GetPrimaryKeyString(), channel.GetGrainId(), cluster.Service<IServiceProvider>().GetRequiredKeyedService<IGrainStorage>(StorageNames.Mmo), NullLogger.Instance);
        await other.Load();
        var history = new ChannelHistory(other.Record, new ChatOptions());
        history.Claim(1);
        var claimed = new ChatChannelRecord { Incarnation = 1, ClaimedBy = Guid.NewGuid() };
        await SayThere("before");
        await channel.Head(); // It has read.
        await SayThere("after");

        Assert.Equal(RefusalCode.ServiceNotAvailable, Denied(await channel.Say(Line("claims what has changed"))).Code);
        var position = Granted(await channel.Say(Line("here")));

        Assert.Equal(new Fence(2, 3), position);
        Assert.Equal(["before", "after", "here"], Texts((await channel.Since(Fence.None)).Lines));

        async Task SayThere(string text)
        {
            history.Add(history.Place([Line(text)], Noon));
            Assert.Equal(StoreAnswer.Stored, await other.Write(claimed with { Head = history.Head, Lines = history.Tail }));
        }
    }

    [Fact]
    public async Task A_line_that_cannot_be_stored_is_refused_and_seen_by_nobody()
    {
        var channel = Channel();
        Granted(await channel.Say(Line("before")));
        cluster.Storage.FailNext(call => IsWrite(call, channel), CommitPoint.Before);

        Assert.Equal(RefusalCode.ServiceNotAvailable, Denied(await channel.Say(Line("lost"))).Code);
        Granted(await channel.Say(Line("after")));

        Assert.Equal(["before", "after"], Texts((await channel.Since(Fence.None)).Lines));
        await cluster.Deactivate(channel);
        Assert.Equal(["before", "after"], Texts((await channel.Since(Fence.None)).Lines));
    }

    [Fact]
    public async Task A_line_that_was_stored_although_the_answer_was_lost_is_said()
    {
        var channel = Channel();
        Granted(await channel.Say(Line("before")));
        cluster.Storage.FailNext(call => IsWrite(call, channel), CommitPoint.After);

        var position = Granted(await channel.Say(Line("said")));

        Assert.Equal(position, await channel.Head());
        Granted(await channel.Say(Line("after")));
        Assert.Equal(["before", "said", "after"], Texts((await channel.Since(Fence.None)).Lines));
    }

    [Fact]
    public async Task A_line_that_was_refused_while_nobody_could_tell_does_not_come_back()
    {
        var channel = Channel();
        Granted(await channel.Say(Line("before")));
        cluster.Storage.FailNext(call => IsWrite(call, channel), CommitPoint.After);
        using (cluster.Storage.FailAll(call => call.Kind == StorageCallKind.Read && IsOf(call, channel), CommitPoint.Before))
            Assert.Equal(RefusalCode.ServiceNotAvailable, Denied(await channel.Say(Line("refused"))).Code);

        var writes = Writes(channel);
        await Wait.Until(() => Writes(channel) > writes, "the record to be written again");
        await channel.Head();
        await cluster.Deactivate(channel);

        Assert.Equal(["before"], Texts((await channel.Since(Fence.None)).Lines));
    }

    [Fact]
    public async Task A_line_whose_time_ran_out_in_the_storage_is_refused_and_seen_by_nobody()
    {
        var channel = Channel();
        Granted(await channel.Say(Line("before")));
        var hold = cluster.Storage.Hold(call => IsWrite(call, channel));
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(2);
        var late = channel.Say(Line("late", soon));
        await Wait.In(hold.Arrived, "the write to begin");
        await Wait.Until(() => TimeProvider.System.GetUtcNow() > soon, "the sender to give up");
        hold.Release();

        Assert.Equal(RefusalCode.ChatNotAvailable, Denied(await Wait.In(late, StorageIsAway)).Code);
        Granted(await channel.Say(Line("after")));
        Assert.Equal(["before", "after"], Texts((await channel.Since(Fence.None)).Lines));
        await cluster.Deactivate(channel);
        Assert.Equal(["before", "after"], Texts((await channel.Since(Fence.None)).Lines));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_and_positions_go_on()
    {
        var channel = Channel();
        var before = Granted(await channel.Say(Line("before")));
        await cluster.Deactivate(channel);

        var after = Granted(await channel.Say(Line("after")));

        Assert.True(after > before);
        Assert.Equal(["before", "after"], Texts((await channel.Since(Fence.None)).Lines));
        Assert.Equal(before.Counter + 1, after.Counter);
    }

    [Fact]
    public async Task The_dashboard_shows_the_last_sequence()
    {
        var channel = Channel();
        var said = Granted(await channel.Say(Line("hello")));

        Assert.Equal(said.ToString(), (await channel.GetState()).LastSequence);
    }

    private IChatChannelGrain Channel() => cluster.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat($"test-{Guid.NewGuid():N}"));

    private static bool IsOf(StorageCall call, IChatChannelGrain channel) => call.State == State && call.Grain == channel.GetGrainId();

    private static bool IsWrite(StorageCall call, IChatChannelGrain channel) => call.Kind == StorageCallKind.Write && IsOf(call, channel);

    private int Writes(IChatChannelGrain channel) => cluster.Storage.Calls.Count(call => IsWrite(call, channel));
}
