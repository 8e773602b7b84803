using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;
using Orleans.Storage;
using Orleans.Streams;

namespace MmoOrleans.Grains.Chat;

/// <summary>
/// A chat channel, the Chat Server. Lines gather for a moment and are then stored together, answered, and published as one stream
/// event. No call awaits another grain: Central and the stream are called from timers and from <see cref="Commit"/>, which interleave with
/// calls; only Commit changes what a call reads across an await: it adds lines after theirs was stored.
/// </summary>
[GrainType("mmo.chat"), KeepAlive]
internal sealed class ChatChannelGrain(
    [FromKeyedServices(StorageNames.Mmo)] IGrainStorage storage,
    ILocalDirectory directory,
    ILocalSiloDetails silo,
    IOptions<ChatOptions> options,
    ChatMetrics metrics,
    TimeProvider time,
    ILogger<ChatChannelGrain> log) : Grain, IChatChannelGrain
{
    private static readonly TimeSpan BetweenRegistrations = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenRewrites = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly ChatOptions _options = options.Value;
    private readonly Guid _activation = Guid.NewGuid();
    private readonly string _connectionKey = Secret.New();
    private readonly DateTimeOffset _activated = time.GetUtcNow();
    private readonly ConnectedMaps _maps = new(options.Value.MapLease);
    private readonly WaitingLines _waiting = new(options.Value.MaxWaitingLines, metrics);
    private ChannelStore _store = null!;
    private ChannelHistory _history = null!;
    private IAsyncStream<ChatPublished> _stream = null!;
    private IGrainTimer _rewrite = null!;
    private long _incarnation;
    private bool _isCommitting;
    private DateTimeOffset _committed;
    private bool _hasLateLinesStored;
    private bool _isRegistered;

    /// <summary>Only the channel that everybody hears is a server that Central lists; other channels are found by their name.</summary>
    private bool IsChatServer => Channel == GrainKeys.Chat(ChatChannels.Global);

    /// <summary>Not the Chat Server, and nobody ever said a word or listens: it is here because it was looked at.</summary>
    private bool IsUnused => !IsChatServer && _history.Head == Fence.None && _waiting.IsEmpty && _maps.Names().IsEmpty;

    private string Channel => this.GetPrimaryKeyString();

    /// <summary>The record may hold lines that nobody may see.</summary>
    private bool HasToRewrite => _hasLateLinesStored || _store.IsUnsure;

    private DateTimeOffset Now => time.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store = new ChannelStore(Channel, this.GetGrainId(), storage, log);
        await _store.Load();
        cancellationToken.ThrowIfCancellationRequested(); // It may have taken longer than Orleans waits.
        _history = new ChannelHistory(_store.Record, _options);
        _stream = this.GetStreamProvider(ChatStreams.Provider).GetStream<ChatPublished>(StreamId.Create(ChatStreams.Namespace, Channel));
        _rewrite = this.RegisterGrainTimer(Commit, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        this.RegisterGrainTimer(Refresh, new GrainTimerCreationOptions(TimeSpan.Zero, BetweenRegistrations) { Interleave = true });
        log.ChannelIsUp(Channel, _history.Head, _history.Kept);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _waiting.RefuseAll(RefusalCode.ChatNotAvailable);
        return Task.CompletedTask;
    }

    public Task Start() => Task.CompletedTask;

    public Task<Answer<Fence>> Connect(MapId map, string connectionKey)
    {
        if (directory.Find(map) is not { } known || !SecretHash.Of(known.ConnectionKey).Matches(connectionKey))
        {
            log.MapRefused(map, Channel, directory.Find(map) is null ? "Central has not told of it" : "Central has told another key");
            return Task.FromResult(Answer.Refuse<Fence>(RefusalCode.InvalidServerKey));
        }
        if (_maps.Connect(map, Now)) log.MapConnected(map, Channel, _history.Head);
        return Task.FromResult(Answer.Of(_history.Head));
    }

    public Task<Answer<Fence>> Say(NewChatLine line)
    {
        if (_waiting.IsEmpty && !_isCommitting) CommitAfter(Now - _committed < _options.GatherInTalkFor ? _options.GatherInTalkFor : _options.GatherFor).Ignore();
        return _waiting.Add(line);
    }

    public Task<ChatHistory> Since(Fence position) => Task.FromResult(_history.Since(position));

    public Task<Fence> Head() => Task.FromResult(_history.Head);

    public Task<ChatState> GetState()
    {
        if (IsUnused) DeactivateOnIdle();
        return Task.FromResult(new ChatState(Channel, _history.Head.ToString(), _history.Kept, _isRegistered, _maps.Names())
        {
            Unknown = IsUnused ? "Nobody has said anything on this channel." : null,
        });
    }

    /// <summary>
    /// For lines that wait, and no grain timer: a grain that is to go does so when its calls are answered, and from then on Orleans lets no
    /// tick pass a call that came after it. Lines that wait for a tick would keep the channel for as long as the silo has to stop, and everybody silent.
    /// </summary>
    private async Task CommitAfter(TimeSpan gathering)
    {
        await Task.Delay(gathering, time);
        await Commit();
    }

    private async Task Commit()
    {
        if (_isCommitting) return; // It sees to what came meanwhile.
        _isCommitting = true;
        IReadOnlyList<WaitingLine> lines = [];
        try
        {
            if (await Claim()) await Say(lines = _waiting.Take(Now));
        }
        catch (Exception failure)
        {
            log.CommitFailed(failure, Channel);
            foreach (var line in lines) line.Refuse(RefusalCode.ServiceNotAvailable); // But for those that were granted.
        }
        finally
        {
            (_isCommitting, _committed) = (false, Now);
            if (!_waiting.IsEmpty) CommitAfter(_options.GatherInTalkFor).Ignore();
            else if (HasToRewrite) _rewrite.Change(BetweenRewrites, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Claims the incarnation before the first line, so that positions never go back. What was read at the start may be old by now: an activation
    /// that was cut off may have said more until this claim.
    /// </summary>
    private async Task<bool> Claim()
    {
        if (_incarnation != 0) return true;
        var isKnown = await _store.IsKnown();
        var claim = _store.Record with { Incarnation = _store.Record.Incarnation + 1, ClaimedBy = _activation };
        if (!isKnown || !await Write(claim))
        {
            _waiting.RefuseAll(RefusalCode.ServiceNotAvailable);
            return false;
        }
        _incarnation = claim.Incarnation;
        _history = new ChannelHistory(claim, _options);
        _history.Claim(_incarnation);
        log.Claimed(Channel, _incarnation);
        return true;
    }

    private async Task Say(IReadOnlyList<WaitingLine> lines)
    {
        var placed = _history.Place(lines.Select(waiting => waiting.Line), Now);
        if (!_options.Durable)
        {
            await Publish(placed);
            Grant(lines, placed);
            return;
        }
        if (!await Store(placed))
        {
            foreach (var line in lines) line.Refuse(RefusalCode.ServiceNotAvailable);
            return;
        }
        await SayStored(lines, placed);
    }

    /// <summary>Lines whose senders gave up while they were stored are taken out again, by the next write out of the record too.</summary>
    private async Task SayStored(IReadOnlyList<WaitingLine> lines, ImmutableArray<ChatLine> placed)
    {
        var inTime = WaitingLines.InTime(lines, Now);
        _hasLateLinesStored = inTime.Count < lines.Count;
        ImmutableArray<ChatLine> seen = [.. placed.Where((_, i) => inTime.Contains(lines[i]))];
        Grant(inTime, seen);
        await Publish(seen);
    }

    private static void Grant(IReadOnlyList<WaitingLine> lines, ImmutableArray<ChatLine> placed)
    {
        for (var i = 0; i < placed.Length; i++)
            lines[i].Grant(placed[i].Position);
    }

    private Task<bool> Store(ImmutableArray<ChatLine> placed)
    {
        if (placed.IsEmpty && !HasToRewrite) return Task.FromResult(true);
        var tail = _history.TailWith(placed);
        var head = placed.IsEmpty ? _history.Head : placed[^1].Position;
        return Write(new ChatChannelRecord { Incarnation = _incarnation, ClaimedBy = _activation, Head = head, Lines = tail });
    }

    private async Task<bool> Write(ChatChannelRecord record)
    {
        var answer = await _store.Write(record);
        if (answer != StoreAnswer.Superseded) return answer == StoreAnswer.Stored;
        log.Superseded(Channel);
        DeactivateOnIdle();
        return false;
    }

    /// <summary>One event for all lines. If it is lost, the maps see the gap, or ask for the head within 2 s.</summary>
    private async Task Publish(ImmutableArray<ChatLine> lines)
    {
        if (lines.IsEmpty) return;
        var published = new ChatPublished(_history.Add(lines), lines);
        try
        {
            await _stream.OnNextAsync(published).WaitAsync(AnswerWithin, time);
            metrics.Published(lines.Length);
        }
        catch (Exception failure)
        {
            log.PublishFailed(failure, Channel, lines.Length);
        }
    }

    private async Task Refresh()
    {
        foreach (var map in _maps.Expire(Now))
            log.MapGone(map, Channel);
        if (IsChatServer) await KeepRegistered();
    }

    private async Task KeepRegistered()
    {
        try
        {
            await Register();
        }
        catch (Exception failure)
        {
            _isRegistered = false;
            log.RegistrationFailed(Channel, failure.Message);
        }
    }

    private async Task Register()
    {
        var central = GrainFactory.GetGrain<ICentralGrain>(GrainKeys.Central);
        var answer = await central.RegisterChat(Connection()).WaitAsync(AnswerWithin, time);
        if (answer == RegistrationAnswer.Superseded)
        {
            log.Superseded(Channel);
            DeactivateOnIdle();
        }
        else if (!_isRegistered)
        {
            log.Registered(Channel);
        }
        _isRegistered = answer == RegistrationAnswer.Accepted;
    }

    private ChatServerConnection Connection()
    {
        var endpoint = silo.SiloAddress.Endpoint;
        var epoch = new Fence(_incarnation, _activated.ToUnixTimeMilliseconds());
        return new ChatServerConnection(Channel, endpoint.Address.ToString(), endpoint.Port, _connectionKey, epoch, silo.Name);
    }
}
