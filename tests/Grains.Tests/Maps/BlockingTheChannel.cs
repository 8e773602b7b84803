using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>The grain of the global channel does not answer for a while.</summary>
public sealed class BlockingTheChannel : IAsyncLifetime
{
    /// <summary>A map waits 2 s for an answer; the rest is for a slow machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly AccountId _account = AccountId.New();
    private readonly Blocker _blocker = new();
    private GrainCluster _cluster = null!;
    private LiveGateway _gateway = null!;
    private Visitor _speaker = null!;
    private Visitor _hearer = null!;

    private IChatChannelGrain Channel => _cluster.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("global"));

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options =>
            (options.Silos, options.Silo) = (1, silo => silo.Services.AddSingleton<IIncomingGrainCallFilter>(_blocker)));
        _gateway = await LiveGateway.Join(_cluster.Grains, new MapId("1", "Map001"));
        _speaker = await _gateway.Bring(Character("Speaker"), _account);
        _hearer = await _gateway.Bring(Character("Hearer"), _account);
        await Say("before");
        await Heard("before");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task The_sender_is_told_in_time_and_nobody_ever_sees_the_text()
    {
        _blocker.Block();

        var refused = await Wait.In(_gateway.Grain.Say(_speaker.Says("lost")), "the speaker to be answered", Deadline);
        _blocker.Release();

        await NobodySaw(refused);
    }

    [Fact]
    public async Task So_it_is_when_the_channel_hangs_in_its_storage()
    {
        var hold = _cluster.Storage.Hold(call => call.IsChange && call.State == "chat");

        var refused = await Wait.In(_gateway.Grain.Say(_speaker.Says("lost")), "the speaker to be answered", Deadline);
        hold.Release();

        await NobodySaw(refused);
    }

    private static CharacterListed Character(string name) => new(CharacterId.New(), name, default, DateTimeOffset.UnixEpoch, null);

    /// <summary>A later line is heard, and by then the refused one would have been.</summary>
    private async Task NobodySaw(Answer<Done> refused)
    {
        Assert.Equal(RefusalCode.ChatNotAvailable, Assert.IsType<Denied<Done>>(refused).Why.Code);
        await Say("after");
        await Heard("before", "after");
        Assert.Equal(["before", "after"], (await Channel.Since(Fence.None)).Lines.Select(line => line.Text));
        await _cluster.Deactivate(Channel);
        Assert.Equal(["before", "after"], (await Channel.Since(Fence.None)).Lines.Select(line => line.Text));
    }

    private async Task Say(string text) => await Wait.For(() => _gateway.Grain.Say(_speaker.Says(text)), answer => answer == Answer.Done, $"'{text}' to be said");

    private async Task Heard(params string[] lines)
    {
        foreach (var visitor in new[] { _speaker, _hearer })
        {
            await Wait.Until(() => _gateway.Heard(visitor).Count >= lines.Length, $"{visitor.Admission.Name} to hear {lines[^1]}");
            Assert.Equal(lines, _gateway.Heard(visitor));
        }
    }

    /// <summary>Holds up all calls to the channel, those of one turn and those that interleave.</summary>
    private sealed class Blocker : IIncomingGrainCallFilter
    {
        private readonly GrainId _channel = GrainId.Create("mmo.chat", GrainKeys.Chat("global"));
        private volatile TaskCompletionSource? _blocked;

        public void Block() => _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _blocked!.SetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (_blocked is { } blocked && context.TargetId == _channel)
                await blocked.Task;
            await context.Invoke();
        }
    }
}
