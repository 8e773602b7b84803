using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;
using MmoOrleans.Sdk.Delivery;
using MmoOrleans.Sdk.Timing;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Connections;

/// <summary>
/// One connection to a gateway: says hello, asks and is answered, pings, and notices the end. It knows no game: facts go to
/// its owner. Everything here runs inside the client's loop.
/// </summary>
internal sealed class Connection(ServerEndpoint endpoint, MmoClientOptions options, ClientLoop loop, IClientClock clock, ClientCounters counters, IConnectionOwner owner)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly ITransport _transport = options.CreateTransport(endpoint);
    private readonly OpenRequests _requests = new();
    private readonly CancellationTokenSource _ended = new();
    private Outbox? _outbox;
    private DisconnectReason? _lost;
    private TimeSpan _age;
    private TimeSpan _heardAt;
    private TimeSpan _pingedAt;

    public ServerEndpoint Endpoint { get; } = endpoint;

    public Welcome Welcome { get; private set; } = new();

    public bool IsOpen { get; private set; }

    /// <summary>The gateway knows the account here, so a connection that is kept needs no second login.</summary>
    public bool IsLoggedIn { get; set; }

    /// <param name="patience">How long the host may take to let the connection in.</param>
    public async Task<Answer<Welcome>> Open(TimeSpan patience, CancellationToken cancellation)
    {
        var connected = await Connect(patience, cancellation);
        if (!connected.IsGranted(out _)) return connected.Failed<Welcome>();

        IsOpen = true;
        _outbox = new Outbox(_transport, counters, Lose);
        _ = Receive();
        _ = KeepAlive();
        var hello = new ClientMessage { Hello = new Hello { ProtocolMin = ProtocolVersion.Min, ProtocolMax = ProtocolVersion.Max, Client = options.ClientName } };
        var welcome = await Ask(hello, static message => message.Welcome, cancellation, patience);
        if (_lost is { } lost) return EndedBy(lost); // Perhaps right behind the welcome.
        if (!welcome.IsGranted(out var value)) return NotWelcomed(welcome);

        Welcome = value;
        Ping();
        return welcome;
    }

    /// <summary>Sends a request and waits for the fact that answers it, as long as the options say if nothing else is said.</summary>
    public async Task<Answer<T>> Ask<T>(ClientMessage command, Func<ServerMessage, T?> pick, CancellationToken cancellation, TimeSpan? within = null) where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        if (!IsOpen) return new Answer<T>.NoAnswer(ErrorCode.ServiceNotAvailable, "The connection is closed.");
        if (_requests.IsFull) return new Answer<T>.Refused(ErrorCode.RateLimited, $"{OpenRequests.Most} requests wait for their answers already.");

        var id = command.RequestId = _requests.NextId();
        var answered = _requests.Add(id, _age + (within ?? options.RequestTimeout));
        using var cancelled = cancellation.Register(() => loop.Post(() => _requests.Cancel(id, cancellation)));
        _outbox!.Send(command);
        var answer = await answered;
        cancellation.ThrowIfCancellationRequested();
        return Picked(answer, command, pick);
    }

    /// <summary>Sends what wants no answer.</summary>
    public void Tell(ClientMessage command)
    {
        if (IsOpen) _outbox!.Send(command);
    }

    /// <summary>Ends the connection; the owner knows, so it is not told.</summary>
    public void Close(DisconnectReason reason)
    {
        IsOpen = false;
        _ended.Cancel();
        _transport.Dispose();
        _requests.FailAll(reason.Code, reason.Sentence);
    }

    // A gateway that is full says so in place of a welcome, and when to come again: a refusal, not a lost connection.
    private static Answer<Welcome> EndedBy(DisconnectReason why) => why.Cause == DisconnectCause.ServerClosed
        ? new Answer<Welcome>.Refused(why.Code, why.Sentence, why.RetryAfter)
        : new Answer<Welcome>.NoAnswer(why.Code, why.Sentence);

    private Answer<Welcome> NotWelcomed(Answer<Welcome> answer)
    {
        Close(new DisconnectReason(DisconnectCause.ServerClosed, answer.Code, answer.Sentence));
        return answer;
    }

    private static Answer<T> Picked<T>(Answer<ServerMessage> answer, ClientMessage command, Func<ServerMessage, T?> pick) where T : class
    {
        if (!answer.IsGranted(out var message)) return answer.Failed<T>();
        return pick(message) is { } value
            ? new Answer<T>.Granted(value)
            : new Answer<T>.NoAnswer(ErrorCode.InvalidMessage, $"The server answered {message.FactCase} to {command.CommandCase}.");
    }

    private async Task<Answer<bool>> Connect(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var connecting = _transport.ConnectAsync(Endpoint, limit.Token);
            var first = await Task.WhenAny(connecting, clock.Delay(patience, limit.Token));
            cancellation.ThrowIfCancellationRequested();
            if (first != connecting) return Unreachable("no answer in time");
            await connecting;
            return new Answer<bool>.Granted(true);
        }
        catch (Exception unreachable) when (!cancellation.IsCancellationRequested)
        {
            // What a WebSocket says of itself is only that it failed; why is innermost.
            return Unreachable(unreachable.GetBaseException().Message);
        }
        finally
        {
            limit.Cancel();
            if (cancellation.IsCancellationRequested) _transport.Dispose();
        }
    }

    private Answer<bool> Unreachable(string why)
    {
        _transport.Dispose();
        return new Answer<bool>.NoAnswer(ErrorCode.ServiceNotAvailable, $"{Endpoint} cannot be reached: {why}");
    }

    private async Task Receive()
    {
        try
        {
            while (IsOpen)
            {
                var frame = await _transport.ReceiveAsync(_ended.Token);
                if (IsOpen) Receive(frame);
            }
        }
        catch (Exception lost)
        {
            // A transport may be anybody's; whatever it throws, the connection is gone and the reason carries its words.
            Lose(DisconnectReason.Lost(lost.Message));
        }
    }

    private void Receive(ReceivedFrame frame)
    {
        _heardAt = _age;
        counters.Received(frame.Bytes.Length);
        if (frame.Kind == ReceivedKind.Closed) Lose(DisconnectReason.Lost("The server closed the connection."));
        else if (frame.Kind == ReceivedKind.Malformed) Lose(DisconnectReason.Malformed("The server sent a broken or too long frame."));
        else Handle(frame.Bytes);
    }

    private void Handle(ReadOnlyMemory<byte> bytes)
    {
        switch (ServerMessages.TryParse(bytes, out var message))
        {
            case ParseStatus.Malformed:
                Lose(DisconnectReason.Malformed("The server sent bytes that are no message."));
                break;
            case ParseStatus.Parsed:
                Handle(message);
                break;
            case ParseStatus.Unknown:
                // From a newer server. Whoever waits for it learns that it cannot be read.
                _requests.Answer(message);
                break;
        }
    }

    private void Handle(ServerMessage message)
    {
        switch (message.FactCase)
        {
            case ServerMessage.FactOneofCase.Ping:
                Tell(new ClientMessage { Pong = new Pong { Value = message.Ping.Value } });
                break;
            case ServerMessage.FactOneofCase.Pong:
                owner.OnPong(TimeSpan.FromTicks((long)message.Pong.Value), TimeSpan.FromMilliseconds(message.Pong.ServerTimeMs));
                break;
            case ServerMessage.FactOneofCase.Disconnecting:
                Lose(new DisconnectReason(DisconnectCause.ServerClosed, message.Disconnecting.Code, message.Disconnecting.Sentence, TimeSpan.FromMilliseconds(message.Disconnecting.RetryAfterMs))
                {
                    OtherGateways = [.. message.Disconnecting.OtherGateways.Select(ServerEndpoint.Of)],
                });
                break;
            default:
                owner.OnFact(this, message);
                _requests.Answer(message);
                break;
        }
    }

    // The age grows by what a beat should take, not by the clock: a game that was paused for a minute finds a minute of news
    // in its socket, and neither its requests nor its server are dead.
    private async Task KeepAlive()
    {
        for (var last = clock.Now; IsOpen;)
        {
            if (!await Rested()) return;
            var elapsed = clock.Now - last;
            last += elapsed;
            _age += elapsed < Beat * 2 ? elapsed : Beat * 2;
            _requests.Expire(_age);
            if (_age - _pingedAt >= PingInterval) Ping();
            if (_age - _heardAt >= options.ServerSilence) Lose(new DisconnectReason(DisconnectCause.ServerSilent, ErrorCode.ServiceNotAvailable, "Nothing came from the server for too long."));
        }
    }

    private async Task<bool> Rested()
    {
        try
        {
            await clock.Delay(Beat, _ended.Token);
            return IsOpen;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // As often as the server asks, and often enough that three lost words in a row mean that it is dead.
    private TimeSpan PingInterval
    {
        get
        {
            var asked = TimeSpan.FromMilliseconds(Welcome.PingIntervalMs);
            var needed = options.ServerSilence / 3;
            return asked > TimeSpan.Zero && asked < needed ? asked : needed;
        }
    }

    private void Ping()
    {
        _pingedAt = _age;
        Tell(new ClientMessage { Ping = new Ping { Value = (ulong)clock.Now.Ticks } });
    }

    private void Lose(DisconnectReason reason)
    {
        if (!IsOpen) return;
        _lost = reason;
        Close(reason);
        owner.OnLost(this, reason);
    }
}
