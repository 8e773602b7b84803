using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;
using MmoOrleans.Grains.Maps.Data;
using Orleans.Dashboard;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Orleans.Streams.Core;

namespace MmoOrleans.Grains.Maps;

/// <summary>
/// One Map Server: the shell around <see cref="Map"/>. Every call changes the map and answers in its turn; what the map wants
/// from others is called by <see cref="RunningMap"/>'s steps and never awaited here. It is kept alive: a static map without players
/// is still there. It is moved to another silo only on purpose (<see cref="Drain"/>, then <see cref="MoveTo"/>), and goes on there by itself.
/// It opens with the first call that needs the map: a mere question about one that does not run starts nothing. One whose map cannot be loaded is closed, registers nowhere and goes away again.
/// </summary>
[GrainType("mmo.map"), KeepAlive, Immovable, MapPlacement]
internal sealed class MapGrain(RunningMapFactory factory, TimeProvider time, ILogger<MapGrain> log)
    : Grain, IMapGrain, IStreamSubscriptionObserver, IGrainMigrationParticipant
{
    private const string MovedFence = "mmo.map.fence";
    private const string MovedFrozen = "mmo.map.frozen";

    private RunningMap? _running;
    private (Fence Fence, DateTimeOffset Frozen)? _moved;
    private Refusal? _closed;
    private IGrainTimer? _timer;
    private bool _isResting;
    private bool _isStopping;

    private string Key => this.GetPrimaryKeyString();

    /// <summary>
    /// What must outlive the map was stored when it drained. What moves with it is that it runs, since when nobody could move, and under which fence: one that
    /// had been claimed is claimed again at once, because its gateways are about to come.
    /// </summary>
    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_running is not { } running)
            return;
        dehydrationContext.TryAddValue(MovedFence, running.Map.Fence);
        dehydrationContext.TryAddValue(MovedFrozen, running.Map.FrozenSince ?? time.GetUtcNow());
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (rehydrationContext.TryGetValue(MovedFence, out Fence fence))
            _moved = (fence, rehydrationContext.TryGetValue(MovedFrozen, out DateTimeOffset frozen) ? frozen : time.GetUtcNow());
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_moved is { } moved && IsOpen(out var running, out _))
            running.GoOnFrom(moved.Fence, moved.Frozen);
        return Task.CompletedTask;
    }

    /// <summary>Calls no other grain: on a stop all grains go at once, and nobody would answer. Drain comes before.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _running?.Stop();
        return Task.CompletedTask;
    }

    public Task<Answer<MapReadiness>> Start() =>
        Task.FromResult(IsOpen(out var running, out var why) ? Answer.Of(running.Readiness) : Answer.Refuse<MapReadiness>(why));

    public async Task<Answer<MapReadiness>> BringUp(TimeSpan within) =>
        IsOpen(out var running, out var why) ? Answer.Of(await running.BringUp(within)) : Answer.Refuse<MapReadiness>(why);

    public Task<MapDrained?> Drain(TimeSpan within, DrainReason why, SiloAddress? on)
    {
        if ((on is not null && !IsOn(on)) || IfRunning() is not { } running)
            return Task.FromResult<MapDrained?>(null);
        var drained = running.Draining.Drain(within, why);
        Wake();
        return drained;
    }

    public Task<bool> MoveTo(Guid drain, SiloAddress silo)
    {
        if (IsOn(silo) || IfRunning()?.Draining.MayMove(drain) != true)
            return Task.FromResult(false);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo); // For this one call.
        MigrateOnIdle();
        return Task.FromResult(true);
    }

    public Task Resume(Guid drain)
    {
        IfRunning()?.Draining.Resume(drain);
        return Task.CompletedTask;
    }

    public Task<bool> Retire()
    {
        if (IfRunning() is not { } running)
            return Task.FromResult(true);
        if (running.IsUnused)
            DeactivateOnIdle();
        return Task.FromResult(running.IsUnused);
    }

    public Task<MapState> GetState() => Task.FromResult(IfRunning()?.State
        ?? new MapState(Key, WhyClosed(factory.Load(Key, out _)), "", 0, 0, 0, "", false, "", [], [], "") { Unknown = "This map does not run." });

    public Task<Answer<MapAddress>> Reserve(CharacterId character, TimeSpan lease)
    {
        if (!IsOpen(out var running, out var why))
            return Task.FromResult(Answer.Refuse<MapAddress>(why));
        var answer = running.Map.Reserve(character, lease, time.GetUtcNow());
        Wake();
        return Task.FromResult(answer.TryGet(out _, out why)
            ? Answer.Of(running.Address)
            : Answer.Refuse<MapAddress>(why));
    }

    public Task<Answer<MapWelcome>> Enter(MapEntry entry)
    {
        if (!IsOpen(out var running, out var why))
            return Task.FromResult(Answer.Refuse<MapWelcome>(why));
        var answer = running.Map.Enter(entry, time.GetUtcNow());
        running.Count(entry, answer);
        Wake();
        return Task.FromResult(answer);
    }

    public Task<Answer<long>> Ready(CharacterId character, Fence owner) => Task.FromResult(IsOpen(out var running, out var why)
        ? running.Map.Ready(character, owner, time.GetUtcNow())
        : Answer.Refuse<long>(why));

    public Task Leave(CharacterId character, Fence owner, LeaveKind kind)
    {
        if (IfRunning() is not { } running)
            return Task.CompletedTask;
        MapLog.Leaves(log, character, running.Map.Id, kind);
        running.Map.Leave(character, owner, kind, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<CharacterImageOnMap?> Evict(CharacterId character, Fence below, Refusal why) =>
        Task.FromResult(IfRunning()?.Map.Evict(character, below, why, time.GetUtcNow()));

    public Task<FeedJoined> Join(FeedJoin join)
    {
        if (!IsOpen(out var running, out _))
            return Task.FromResult(new FeedJoined(FeedStatus.Closed, Fence.None, []));
        var joined = running.Map.Join(join, time.GetUtcNow());
        StopIfPast(running);
        Wake();
        return Task.FromResult(joined);
    }

    /// <summary>40 times a second from every gateway: too often for the dashboard to count.</summary>
    [NoProfiling]
    public Task<PushAnswer> Push(InputBatch batch)
    {
        if (!IsOpen(out var running, out _))
            return Task.FromResult(new PushAnswer(FeedStatus.Closed, Fence.None));
        var answer = running.Map.Push(batch, time.GetUtcNow());
        StopIfPast(running);
        return Task.FromResult(answer);
    }

    public Task Part(GatewayId gateway)
    {
        IfRunning()?.Map.Part(gateway, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<Answer<Done>> Say(MapSay say) =>
        IsOpen(out var running, out var why) ? running.Speech.Say(say) : Task.FromResult(Answer.Refuse<Done>(why));

    public Task<bool> Hear(CharacterId to, ChatLine line) => Task.FromResult(IfRunning()?.Map.Hear(to, line) ?? false);

    public Task Mute(CharacterId character, DateTimeOffset until)
    {
        IfRunning()?.Map.Talk.Mute(character, until);
        return Task.CompletedTask;
    }

    public Task<Answer<Done>> Send(CharacterId character, Fence owner, int kind, ReadOnlyMemory<byte> payload) =>
        Task.FromResult(IsOpen(out var running, out var why)
            ? running.Map.Send(character, owner, kind, payload, time.GetUtcNow())
            : Answer.Refuse<Done>(why));

    /// <summary>A line of chat woke the map by a subscription that an earlier activation left behind.</summary>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        if (!IsOpen(out var running, out _))
        {
            handleFactory.Create<ChatPublished>().UnsubscribeAsync().Ignore();
            return Task.CompletedTask;
        }
        running.Chat.Woken();
        Wake();
        return running.Subscription.Resume(handleFactory);
    }

    private bool IsOn(SiloAddress silo) => silo.Equals(GrainContext.Address.SiloAddress);

    private void Load()
    {
        var load = factory.Load(Key, out var id);
        if (load is MapLoad.Loaded loaded)
            Open(id, loaded);
        else
            Close(WhyClosed(load));
    }

    private static string WhyClosed(MapLoad load) => load switch
    {
        MapLoad.Missing missing => missing.Reason,
        MapLoad.Refused refused => $"{refused.File}: {refused.Reason}",
        _ => "",
    };

    private void Open(MapId id, MapLoad.Loaded loaded)
    {
        var stream = this.GetStreamProvider(ChatStreams.Provider)
            .GetStream<ChatPublished>(StreamId.Create(ChatStreams.Namespace, GrainKeys.Chat(ChatAudience.Channel)));
        _running = factory.Create(id, loaded, stream, Wake);
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TimeSpan.Zero, RunningMap.Housekeeping) { KeepAlive = true });
    }

    private void Close(string reason)
    {
        _closed = new Refusal(RefusalCode.MapNotFound, reason);
        MapLog.Closed(log, Key, reason);
    }

    /// <summary>A closed map goes away after each answer: its file may be there when it is asked for again.</summary>
    private bool IsOpen([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RunningMap? running, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Refusal? why)
    {
        if (_running is null && _closed is null)
            Load();
        (running, why) = (IfRunning(), _closed);
        return running is not null;
    }

    /// <summary>The map, if it runs. If not, this activation knows nothing that the next one would not, and goes away.</summary>
    private RunningMap? IfRunning()
    {
        if (_running is null)
            DeactivateOnIdle();
        return _running;
    }

    /// <summary>The timer's period counts from the end of a tick, so each tick sets the time of the next.</summary>
    private Task Tick()
    {
        var next = _running!.Tick();
        StopIfPast(_running);
        _isResting = _running.Map.IsIdle;
        _timer!.Change(next, RunningMap.Housekeeping);
        return Task.CompletedTask;
    }

    /// <summary>Something came to a map that rests, or a result it waits for: the next tick is now.</summary>
    private void Wake()
    {
        if (!_isResting)
            return;
        _isResting = false;
        _timer?.Change(TimeSpan.Zero, RunningMap.Housekeeping);
    }

    private void StopIfPast(RunningMap running)
    {
        if (_isStopping || running.Map.MustStop is not { } reason)
            return;
        _isStopping = true;
        MapLog.Stops(log, running.Map.Id, reason);
        DeactivateOnIdle();
    }
}
