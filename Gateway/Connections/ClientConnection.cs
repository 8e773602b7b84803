using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Central;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// One client, from its first byte to its last, over any transport. Frames come in here, are counted and checked against the
/// state, and go on to <see cref="MessageRouter"/>: at once (Hello, Move, Ping), or one after another in the order in which
/// they came (everything that asks a grain), so that a slow grain holds up neither movement nor another client.
/// What a peer sends is an answer or a close with a reason, never an exception.
/// </summary>
internal sealed class ClientConnection : IClientLink, IDisposable
{
    private readonly IFrameTransport _transport;
    private readonly MessageRouter _router;
    private readonly SendQueue _outgoing;
    private readonly RequestQueue _requests;
    private readonly MessageBudget _budget;
    private readonly OtherGateways _others;
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource<Refusal?> _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _visitGate = new();
    private readonly LoginDeadline _loginDeadline;
    private long _heardAt;
    private long _pingedAt;
    private long _departBy;
    private int _toldGateways;
    private volatile bool _isTakingIn;

    public ClientConnection(ConnectionId id, IFrameTransport transport, MessageRouter router, ConnectionSurroundings surroundings)
    {
        (Id, _transport, _router) = (id, transport, router);
        (Options, Metrics, Time, _others) = (surroundings.Options, surroundings.Metrics, surroundings.Time, surroundings.Others);
        _outgoing = new SendQueue(transport, Options.Limits.SendQueueBytes, Metrics.Sent, Time, _cut.Token);
        _requests = new RequestQueue(this, router, surroundings.Log);
        _budget = new MessageBudget(Options.Limits, Time);
        _heardAt = _pingedAt = Time.GetTimestamp();
        _loginDeadline = new LoginDeadline(_heardAt);
    }

    public ConnectionId Id { get; }

    public GatewayOptions Options { get; }

    public GatewayMetrics Metrics { get; }

    public TimeProvider Time { get; }

    /// <summary>Cancelled when the client is gone or being closed: nothing needs to be found out for it any more.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Its end has begun: no command of it is served any more, though it may still be told why.</summary>
    public bool IsClosing => _closing.Task.IsCompleted;

    public IFrameTransport Transport => _transport;

    /// <summary>Written by handlers, one at a time; read by the inline ones as well.</summary>
    public ConnectionState State { get; set; }

    /// <summary>The account, from the moment the session may know of this connection.</summary>
    public LoggedInAccount? Account { get; set; }

    /// <summary>The stay on a map, while there is one.</summary>
    public Visit? Visit { get; private set; }

    /// <summary>The character has left for another map, and its client has not followed yet.</summary>
    public bool IsMovingOn => Volatile.Read(ref _departBy) > 0;

    /// <summary>What waits to be sent to it, in bytes.</summary>
    public int WaitingBytes => _outgoing.WaitingBytes;

    /// <summary>Its requests that wait behind the one that is handled.</summary>
    public int WaitingRequests => _requests.Count;

    public bool TakesFrame => _outgoing.TakesFrame;

    /// <summary>Serves the client until it is gone or closed; then nothing of it is under way any more.</summary>
    public async Task Run()
    {
        var sending = SendUntilGone();
        var reading = ReadUntilGone();
        try
        {
            await _closing.Task;
            await _gone.CancelAsync();
            await _requests.Complete();
            await SayGoodbye(sending, reading);
            await _cut.CancelAsync();
            await Task.WhenAll(sending, reading);
        }
        finally
        {
            await _transport.DisposeAsync();
        }
    }

    /// <summary>Leaves at once, or, while what came with one read is taken in, with everything that is said meanwhile.</summary>
    public void Send(ServerMessage message)
    {
        CloseUnless(_outgoing.Add(message), RefusalCode.SlowReader);
        if (!_isTakingIn)
            _outgoing.Flush();
    }

    public void Add(ReadOnlySpan<byte> messages) => CloseUnless(_outgoing.Add(messages), RefusalCode.SlowReader);

    public bool AddFrame(ReadOnlySpan<byte> frame) => _outgoing.AddFrame(frame);

    public void Flush() => _outgoing.Flush();

    public void Close(Refusal why) => _closing.TrySetResult(why);

    public void Close(RefusalCode code, TimeSpan? retryAfter = null) => Close(Refusal.For(code, retryAfter));

    /// <summary>On a map from here on.</summary>
    public void BeginVisit(Visit visit)
    {
        Volatile.Write(ref _departBy, 0);
        (Visit, State) = (visit, ConnectionState.InMap);
    }

    /// <summary>Off the map. Answers the visit to the one who ended it: it ends once.</summary>
    public Visit? EndVisit(Visit? expected)
    {
        lock (_visitGate)
        {
            if (expected is null || Visit != expected)
                return null;
            (Visit, State) = (null, ConnectionState.Authenticated);
            return expected;
        }
    }

    public void MoveOn(Visit visit)
    {
        if (EndVisit(visit) is null)
            return;
        Volatile.Write(ref _departBy, Time.GetTimestamp() + (long)(Options.Limits.WarpDeparture.TotalSeconds * Time.TimestampFrequency));
    }

    /// <summary>Once a second: silence, stalled writes and overstayed welcomes; and whether there are other gateways now.</summary>
    public void CheckUp()
    {
        var silence = Time.GetElapsedTime(Volatile.Read(ref _heardAt));
        if (silence >= Options.Limits.IdleTimeout || _loginDeadline.IsOver(State, Options.Limits, Time))
            Close(RefusalCode.IdleTimeout);
        else if (_outgoing.Stalled >= Options.Limits.StalledWriteTimeout)
            Close(RefusalCode.SlowReader);
        else if (Volatile.Read(ref _departBy) is > 0 and var departBy && Time.GetTimestamp() >= departBy)
            Close(RefusalCode.IdleTimeout);
        else
            KeepInTouch(silence);
    }

    public void Dispose()
    {
        _gone.Dispose();
        _cut.Dispose();
    }

    private void KeepInTouch(TimeSpan silence)
    {
        if (State == ConnectionState.Connected)
            return;
        if (silence >= Options.Limits.PingInterval)
            PingOncePerInterval();
        if (_others.Version is var version && version != _toldGateways)
        {
            _toldGateways = version;
            Send(new ServerMessage { GatewayList = new GatewayList { Endpoints = { _others.ForOneClient() } } });
        }
    }

    private void PingOncePerInterval()
    {
        if (Time.GetElapsedTime(_pingedAt) < Options.Limits.PingInterval)
            return;
        _pingedAt = Time.GetTimestamp();
        Send(new ServerMessage { Ping = new Ping { Value = (ulong)_pingedAt } });
    }

    private async Task ReadUntilGone()
    {
        try
        {
            while (TakeIn(await NextFrame())) { }
            EndTakingIn();
            if (_closing.Task.IsCompleted)
                await _transport.Drain(_cut.Token);
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            // The farewell is over; the peer had its time to close first.
        }
        finally
        {
            // Has its reason already, unless the peer just went, or the code above failed.
            _closing.TrySetResult(null);
        }
    }

    private ValueTask<Received> NextFrame()
    {
        var receiving = _transport.Receive(_cut.Token);
        if (!receiving.IsCompleted)
            EndTakingIn();
        return receiving;
    }

    /// <summary>A peer that sends a hundred pings at once is answered in one write.</summary>
    private void EndTakingIn()
    {
        _isTakingIn = false;
        _outgoing.Flush();
    }

    /// <summary>False when nothing more is taken in: the line has ended, or is being closed. What comes then is drained, not looked at.</summary>
    private bool TakeIn(Received received)
    {
        _isTakingIn = true;
        Volatile.Write(ref _heardAt, Time.GetTimestamp());
        if (received.Kind == ReceivedKind.Frame)
        {
            if (!_closing.Task.IsCompleted)
                Accept(received.Frame);
            return !_closing.Task.IsCompleted;
        }
        if (received.Kind != ReceivedKind.Closed)
            CloseMalformed(RefusalCode.InvalidMessage);
        return false;
    }

    private void Accept(ReadOnlyMemory<byte> frame)
    {
        Metrics.Received(frame.Length);
        if (!_budget.TakeMessage(frame.Length))
            Close(RefusalCode.RateLimited);
        else if (State == ConnectionState.InMap && MoveReader.TryRead(frame.Span, out var move))
            AcceptMove(move);
        else if (State < ConnectionState.Authenticated && frame.Length > FrameLimits.BeforeLoginBytes)
            CloseMalformed(RefusalCode.InvalidMessage);
        else if (ClientMessages.TryParse(frame, out var message) == ParseStatus.Malformed)
            CloseMalformed(RefusalCode.InvalidMessage);
        else if (State == ConnectionState.Connected && message.CommandCase != ClientMessage.CommandOneofCase.Hello)
            CloseMalformed(RefusalCode.InvalidState);
        else if (CommandRules.IsInline(message.CommandCase))
            AcceptInline(message);
        else
            AcceptRequest(message, frame.Length);
    }

    private void AcceptInline(ClientMessage message)
    {
        if (CommandRules.Refuse(message.CommandCase, State) is { } code)
            new ClientRequest(this, message.RequestId).Refuse(code);
        else if (message.CommandCase == ClientMessage.CommandOneofCase.Move)
            AcceptMove(MoveInput.Of(message.Move));
        else
            _router.Route(this, message);
    }

    private void AcceptMove(in MoveInput move)
    {
        if (_budget.TakeMove())
            _router.Route(this, move);
        else
            Metrics.MoveDropped();
    }

    private void AcceptRequest(ClientMessage message, int bytes)
    {
        if (!_budget.TakeRequest())
            new ClientRequest(this, message.RequestId).Refuse(RefusalCode.RateLimited, TimeSpan.FromSeconds(1));
        else if (!_requests.TryAdd(message, bytes))
            new ClientRequest(this, message.RequestId).Refuse(RefusalCode.ServerBusy, TimeSpan.FromSeconds(1));
    }

    private void CloseMalformed(RefusalCode code)
    {
        Metrics.Malformed();
        Close(code);
    }

    private void CloseUnless(bool isQueued, RefusalCode code)
    {
        if (!isQueued)
            Close(code);
    }

    private async Task SendUntilGone()
    {
        try
        {
            await _outgoing.Done;
            await _transport.Finish(_cut.Token);
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            // Cut: the peer did not take its last messages in time.
        }
        finally
        {
            _closing.TrySetResult(null);
        }
    }

    /// <summary>None for a peer that is gone, nor for one whose session has moved on with it: that client is leaving by itself.</summary>
    private ServerMessage? LastWords(Refusal? why)
    {
        if (why is null or { Code: RefusalCode.None })
            return null;
        var words = why.ToDisconnecting();
        if (why.Code == RefusalCode.ServerClose)
            words.OtherGateways.Add(_others.ForOneClient());
        return new ServerMessage { Disconnecting = words };
    }

    /// <summary>The last message leaves, then the peer may close first: a socket closed over unread input loses what was sent.</summary>
    private async Task SayGoodbye(Task sending, Task reading)
    {
        var why = await _closing.Task;
        if (why is not null)
            Metrics.Disconnected(why.Code);
        _outgoing.Complete(LastWords(why));
        var farewell = Task.WhenAll(sending, reading);
        using var patience = new CancellationTokenSource(Options.Limits.CloseLinger, Time);
        await farewell.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
