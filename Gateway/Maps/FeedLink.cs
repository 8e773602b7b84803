using System.Threading.Channels;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// The conversation of one feed with its map: join, then batches of inputs, awaited, one in flight, sent with each beat while there is
/// something, and at least once a second even if empty, which is the lease both ways. Silence is answered by trying again
/// with growing pauses: the sessions stay, and when the map comes up elsewhere it says NotJoined and is joined again.
/// </summary>
internal sealed class FeedLink(MapFeed feed, IMapFeed map, FeedSurroundings surroundings) : IFeedLink, IDisposable
{
    /// <summary>
    /// Between batches while moves come, counted from the last frame. At 20 ticks a second the second beat leaves 10 ms before the next
    /// tick: what comes up to there is in its frame, and only the last fifth waits for the one after.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Since the last batch at least. While moves come none of 20 frames a second brings a batch: what has come since the last beat would be in no
    /// earlier frame, and the frame is acknowledged with the next beat. Of 60 a second nearly each does.
    /// </summary>
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnusedFor = TimeSpan.FromSeconds(2);

    private static readonly Refusal Broken = Refusal.For(RefusalCode.InternalServerError, LongestPause);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TimeProvider _time = surroundings.Time;
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _beat;
    private TimeSpan _pause = ShortestPause;
    private bool _isJoined;
    private volatile bool _isBroken;
    private volatile string? _joinAgain = "the first player comes";
    private volatile bool _hasFrame;
    private long _sequence;
    private long _pushedAt;
    private long _usedAt;

    /// <summary>Completes when the map has answered a join: with yes, or with no for good, which entering will explain.</summary>
    public Task Settled => Volatile.Read(ref _settled).Task;

    public void FrameArrived()
    {
        _hasFrame = true;
        _beat?.Change(Beat, Beat);
        Wake();
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>The conversation is over for an unknown reason: whoever is here, or still comes, is told to connect again.</summary>
    public void Break()
    {
        _isBroken = true;
        feed.BeginJoin(); // From here on nobody is as good as joined, and who is entering asks for a join.
        feed.CloseAll(Broken);
        Volatile.Read(ref _settled).TrySetResult();
    }

    public void JoinAgain(string reason)
    {
        if (_isBroken)
        {
            feed.CloseAll(Broken);
            return;
        }
        _joinAgain = reason;
        if (Settled.IsCompleted)
            Volatile.Write(ref _settled, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Wake();
    }

    /// <summary>Talks to the map until the feed is given up or the gateway stops.</summary>
    public async Task Run(CancellationToken stop)
    {
        _usedAt = _time.GetTimestamp();
        var observers = new FeedObservers(feed, surroundings.Grains, _time, stop);
        _beat = _time.CreateTimer(_ => Wake(), null, Beat, Beat);
        try
        {
            while (!IsGivenUp())
                await Turn(observers, stop);
            await Part(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The gateway stops; the map notices within its lease.
        }
        finally
        {
            feed.End();
            observers.Retire();
        }
    }

    public void Dispose() => _beat?.Dispose();

    private async Task Turn(FeedObservers observers, CancellationToken stop)
    {
        if (_joinAgain is { } reason)
        {
            await TryTo(() => Join(reason, observers, stop), stop);
            return;
        }
        await _wake.Reader.ReadAsync(stop);
        feed.CatchUp();
        var gap = _time.GetElapsedTime(_pushedAt);
        if (gap >= Lease || (gap >= ShortestGap && (_hasFrame || feed.Inputs.HasInputs)))
            await TryTo(() => Push(stop), stop);
    }

    private async Task<bool> Join(string reason, FeedObservers observers, CancellationToken stop)
    {
        if (_isJoined)
            GatewayLog.RejoiningFeed(surroundings.Log, feed.Id, reason);
        (_isJoined, _joinAgain) = (false, null);
        var joining = feed.BeginJoin();
        var joined = await map.Join(new FeedJoin(surroundings.Gateway, observers.ReferenceFor(joining), joining.KnownMap, joining.Roster))
            .WaitAsync(AnswerDeadline, _time, stop);
        return Settle(joining, joined);
    }

    private bool Settle(FeedJoining joining, FeedJoined joined)
    {
        if (joined.Answer == FeedStatus.Joined)
        {
            feed.CompleteJoin(joining, joined);
            feed.Inputs.TakeBackUntold(joining.Visits);
            (_isJoined, _pushedAt) = (true, _time.GetTimestamp());
            GatewayLog.JoinedFeed(surroundings.Log, feed.Id, joined.Map, joining.Visits.Length);
        }
        else if (joined.Answer == FeedStatus.Closed)
        {
            feed.CloseAll(Refusal.For(RefusalCode.ServerClose, LongestPause));
        }
        if (joined.Answer is FeedStatus.Joined or FeedStatus.Closed)
            Volatile.Read(ref _settled).TrySetResult();
        return _isJoined;
    }

    private async Task<bool> Push(CancellationToken stop)
    {
        var (fence, tick, happened) = feed.Acknowledged;
        (_hasFrame, _pushedAt) = (false, _time.GetTimestamp());
        var batch = new InputBatch(surroundings.Gateway, fence, ++_sequence, tick, happened, feed.Inputs.Take());
        surroundings.Metrics.BatchSent(batch.Inputs.Length);
        var answer = await map.Push(batch).WaitAsync(AnswerDeadline, _time, stop);
        if (answer.Status == FeedStatus.Closed)
            feed.CloseAll(Refusal.For(RefusalCode.ServerClose, LongestPause));
        if (answer.Status != FeedStatus.Joined || answer.Map > fence)
            JoinAgain($"it answered {answer.Status} at {answer.Map}, known was {fence}");
        return true;
    }

    /// <summary>What fails, or is told to wait, costs a pause, which grows; the inputs go again, a join is tried again.</summary>
    private async Task TryTo(Func<Task<bool>> act, CancellationToken stop)
    {
        try
        {
            if (await act())
            {
                _pause = ShortestPause;
                return;
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            if (_pause == ShortestPause)
                GatewayLog.FeedSilent(surroundings.Log, feed.Id, exception.Message);
        }
        feed.Inputs.TakeBack();
        if (!_isJoined)
            _joinAgain ??= "the last attempt did not succeed";
        await Task.Delay(_pause, _time, stop);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    private bool IsGivenUp()
    {
        if (!feed.IsUnused)
            _usedAt = _time.GetTimestamp();
        return _time.GetElapsedTime(_usedAt) >= UnusedFor && surroundings.TryRetire(feed);
    }

    private async Task Part(CancellationToken stop)
    {
        try
        {
            await map.Part(surroundings.Gateway).WaitAsync(AnswerDeadline, _time, stop);
            GatewayLog.PartedFeed(surroundings.Log, feed.Id);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // The lease runs out instead.
            GatewayLog.FeedSilent(surroundings.Log, feed.Id, exception.Message);
        }
    }
}
