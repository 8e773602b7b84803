using System.Threading.Channels;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using Channel = System.Threading.Channels.Channel;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>
/// A map that does what a test tells it: it notes every call, takes whoever comes, and sends the frames that a test hands it.
/// </summary>
public sealed class FakeMap(MapId id) : IMapGrain
{
    private readonly Channel<InputBatch> _batches = Channel.CreateUnbounded<InputBatch>();
    private readonly Channel<FeedJoin> _joins = Channel.CreateUnbounded<FeedJoin>();
    private readonly Channel<(CharacterId Character, LeaveKind Kind)> _leaves = Channel.CreateUnbounded<(CharacterId, LeaveKind)>();
    private readonly Channel<GatewayId> _parts = Channel.CreateUnbounded<GatewayId>();
    private readonly TaskCompletionSource<CharacterId> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastEntity = 100;

    public MapId Id => id;

    public Fence Fence { get; set; } = new(1, 1);

    public FeedStatus JoinStatus { get; set; } = FeedStatus.Joined;

    public FeedStatus PushStatus { get; set; } = FeedStatus.Joined;

    /// <summary>Refusals of the next entries, one each.</summary>
    public Queue<Refusal> RefuseEntries { get; } = [];

    /// <summary>Refusals of the next clients that are ready, one each.</summary>
    public Queue<Refusal> RefuseReady { get; } = [];

    /// <summary>The entity that a player gets who joins again with the roster; null: a new one; 0: not taken.</summary>
    public Func<RosterEntry, int>? EntityFor { get; set; }

    /// <summary>Happens inside an entry, before it is refused or answered.</summary>
    public Func<MapEntry, Task>? Entering { get; set; }

    /// <summary>What entries are told is the newest event of the feed.</summary>
    public long LastEvent { get; set; }

    /// <summary>The character that entered first.</summary>
    public Task<CharacterId> Entered => _entered.Task;

    /// <summary>When set, leaving throws it.</summary>
    public Exception? LeavingFails { get; set; }

    public Refusal? RefuseSay { get; set; }

    public Exception? PushFails { get; set; }

    /// <summary>Happens inside a push, before it is answered.</summary>
    public Func<Task>? Pushing { get; set; }

    public List<MapSay> Said { get; } = [];

    public IMapFeedObserver? Observer { get; private set; }

    public ChannelReader<InputBatch> Batches => _batches.Reader;

    public ChannelReader<FeedJoin> Joins => _joins.Reader;

    public ChannelReader<(CharacterId Character, LeaveKind Kind)> Leaves => _leaves.Reader;

    public ChannelReader<GatewayId> Parts => _parts.Reader;

    public Task Send(FeedFrame frame) => Observer!.OnFrame(frame);

    public async Task<Answer<MapWelcome>> Enter(MapEntry entry)
    {
        await (Entering?.Invoke(entry) ?? Task.CompletedTask);
        if (RefuseEntries.TryDequeue(out var why))
            return Answer.Refuse<MapWelcome>(why);
        var entity = ++_lastEntity;
        _entered.TrySetResult(entry.Admission.Character);
        return Answer.Of(new MapWelcome(
            entity, Fence, default, new MapRules(20, 80, 6), new MapShape(0, 0, 100, 100, []), TimeSpan.FromSeconds(5), LastEvent));
    }

    public Task<Answer<long>> Ready(CharacterId character, Fence owner) =>
        Task.FromResult(RefuseReady.TryDequeue(out var why) ? Answer.Refuse<long>(why) : Answer.Of(7L));

    public Task Leave(CharacterId character, Fence owner, LeaveKind kind)
    {
        _leaves.Writer.TryWrite((character, kind));
        return LeavingFails is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }

    public Task<FeedJoined> Join(FeedJoin join)
    {
        Observer = join.Observer;
        _joins.Writer.TryWrite(join);
        var entities = join.Roster.Select(entry => EntityFor?.Invoke(entry) ?? ++_lastEntity);
        return Task.FromResult(new FeedJoined(JoinStatus, Fence, [.. entities]));
    }

    public async Task<PushAnswer> Push(InputBatch batch)
    {
        var (fails, pushing) = (PushFails, Pushing); // A test that sees the batch may change its mind at once.
        _batches.Writer.TryWrite(batch);
        await (pushing?.Invoke() ?? Task.CompletedTask);
        return fails is { } failure ? throw failure : new PushAnswer(PushStatus, Fence);
    }

    public Task Part(GatewayId gateway)
    {
        _parts.Writer.TryWrite(gateway);
        return Task.CompletedTask;
    }

    public Task<Answer<Done>> Say(MapSay say)
    {
        Said.Add(say);
        return Task.FromResult(RefuseSay is { } why ? Answer.Refuse<Done>(why) : Answer.Done);
    }

    public Task<Answer<Done>> Send(CharacterId character, Fence owner, int kind, ReadOnlyMemory<byte> payload) =>
        Task.FromResult(kind == 0 ? Answer.Refuse<Done>(RefusalCode.GameMessageRefused) : Answer.Done);

    public Task<Answer<MapReadiness>> Start() => throw new NotSupportedException();

    public Task<Answer<MapReadiness>> BringUp(TimeSpan within) => throw new NotSupportedException();

    public Task<MapDrained?> Drain(TimeSpan within, DrainReason why, SiloAddress? on) => throw new NotSupportedException();

    public Task<bool> MoveTo(Guid drain, SiloAddress silo) => throw new NotSupportedException();

    public Task Resume(Guid drain) => throw new NotSupportedException();

    public Task<bool> Retire() => throw new NotSupportedException();

    public Task<MapState> GetState() => throw new NotSupportedException();

    public Task<Answer<MapAddress>> Reserve(CharacterId character, TimeSpan lease) => throw new NotSupportedException();

    public Task<CharacterImageOnMap?> Evict(CharacterId character, Fence below, Refusal why) => throw new NotSupportedException();

    public Task<bool> Hear(CharacterId to, ChatLine line) => throw new NotSupportedException();

    public Task Mute(CharacterId character, DateTimeOffset until) => throw new NotSupportedException();
}
