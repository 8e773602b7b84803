using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

// Where the client is, and how it gets from one place to the next: Depart, then Arrive.
public sealed partial class MmoClient : IConnectionOwner
{
    /// <summary>A server that does not answer within this does not keep the player from leaving.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWithOneOfMany = TimeSpan.FromSeconds(3);

    private Connection? _connection;
    private Place _place;
    private CancellationTokenSource? _journey;
    private DisconnectReason _lastLoss = DisconnectReason.Asked;
    private readonly KnownGateways _gateways = new();

    /// <summary>Connects to Central by TCP. What was open is closed first.</summary>
    public Task<Answer<Welcome>> ConnectCentralAsync(string host, int port, CancellationToken cancellation = default) =>
        ConnectCentralAsync(ServerEndpoint.Tcp(host, port), cancellation);

    /// <summary>Connects to Central. What was open is closed first, and what was kept is forgotten.</summary>
    public Task<Answer<Welcome>> ConnectCentralAsync(ServerEndpoint endpoint, CancellationToken cancellation = default) => _loop.Run(() =>
    {
        LeaveEverything();
        _gateways.Forget();
        CentralEndpoint = endpoint;
        return Journey(token => Arrive(Place.Central, [endpoint], token), cancellation);
    });

    /// <summary>
    /// Closes whatever is open, stops what is under way, and forgets account, token and character. A character on a map is asked
    /// to leave first, so that it does not stand there for its grace time.
    /// </summary>
    public Task DisconnectAsync(CancellationToken cancellation = default) => _loop.Run(async () =>
    {
        try
        {
            if (IsOnMap) await SayFarewell(cancellation);
        }
        finally
        {
            LeaveEverything();
        }

        return true;
    });

    private async Task SayFarewell(CancellationToken cancellation)
    {
        var left = AskOnce(new ClientMessage { LeaveMap = new LeaveMap() }, static message => message.LeftMap, cancellation);
        await Task.WhenAny(left, _clock.Delay(LongestFarewell, cancellation));
    }

    void IConnectionOwner.OnPong(TimeSpan sentAt, TimeSpan serverTime) => World.Clock.Pong(sentAt, _clock.Now, serverTime);

    void IConnectionOwner.OnLost(Connection connection, DisconnectReason reason)
    {
        _gateways.Told(reason.OtherGateways); // As with the list: also before the client has arrived there.
        if (connection != _connection) return;
        var place = _place;
        (_connection, _place, _lastLoss) = (null, Place.Nowhere, reason);
        if (reason is { Cause: DisconnectCause.ServerClosed, MayResume: false }) Kick(reason);
        RaiseDisconnected(place, reason);
        if (_journey is not null) return;

        if (place == Place.Map) AfterLoss(reason);
        else ClearClientData();
    }

    private void Kick(DisconnectReason reason)
    {
        ClearLogin();
        Raise(Kicked, reason);
    }

    private void LeaveEverything()
    {
        CancelJourney();
        var wasOnMap = World.Visit is not null || _place == Place.Map;
        Drop(DisconnectReason.Asked);
        if (wasOnMap) EndVisit(DisconnectReason.Asked);
        ClearClientData();
    }

    private void CancelJourney()
    {
        var journey = _journey;
        (_journey, _nextWarp) = (null, null);
        journey?.Cancel();
    }

    /// <summary>Closes the connection, whatever the options say.</summary>
    private void Drop(DisconnectReason reason)
    {
        var (place, connection) = (_place, _connection);
        (_place, _connection) = (Place.Nowhere, null);
        connection?.Close(reason);
        RaiseDisconnected(place, reason);
    }

    /// <summary>Leaves a place for another one. With ReuseConnection the connection itself stays, and only the events tell.</summary>
    private void Depart(DisconnectReason reason)
    {
        if (!_options.ReuseConnection || _connection is not { IsOpen: true })
        {
            Drop(reason);
            return;
        }

        var place = _place;
        _place = Place.Nowhere;
        RaiseDisconnected(place, reason);
    }

    /// <summary>
    /// Connects to the first of these that lets it in, or stays on the connection that Depart has left open. When none does, it is told when to come
    /// again, if one of them said so, else what the first said.
    /// </summary>
    /// <param name="triesAgain">Whoever asks does so again after a while: then no host is waited for.</param>
    private async Task<Answer<Welcome>> Arrive(Place place, IReadOnlyList<ServerEndpoint> endpoints, CancellationToken cancellation, bool triesAgain = false)
    {
        if (_connection is { IsOpen: true } kept) return Arrived(place, kept);

        Answer<Welcome>? failure = null;
        for (var i = 0; i < endpoints.Count; i++)
        {
            var (endpoint, isLast) = (endpoints[i], i == endpoints.Count - 1);
            var patience = endpoints.Count > 1 && (triesAgain || !isLast) ? PatienceWithOneOfMany : _options.ConnectTimeout;
            var answer = isLast && !triesAgain
                ? await Patiently(() => Open(place, endpoint, patience, cancellation), cancellation)
                : await Open(place, endpoint, patience, cancellation);
            if (answer.IsGranted(out _)) return answer;
            if (failure is null || (!NamesATime(failure) && NamesATime(answer))) failure = answer;
        }

        return failure ?? new Answer<Welcome>.NoAnswer(ErrorCode.ServiceNotAvailable, "The server named no address.");
    }

    private static bool NamesATime(Answer<Welcome> answer) => answer is Answer<Welcome>.Refused { RetryAfter.Ticks: > 0 };

    private async Task<Answer<Welcome>> Open(Place place, ServerEndpoint endpoint, TimeSpan patience, CancellationToken cancellation)
    {
        var connection = new Connection(endpoint, _options, _loop, _clock, Counters, this);
        try
        {
            var welcome = await connection.Open(patience, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return welcome.IsGranted(out _) ? Arrived(place, connection) : welcome;
        }
        catch (OperationCanceledException)
        {
            connection.Close(DisconnectReason.Asked);
            throw;
        }
    }

    // A host that lost its power says nothing at all.
    private TimeSpan PatienceWithOneOfMany => _options.ConnectTimeout < LongestWithOneOfMany ? _options.ConnectTimeout : LongestWithOneOfMany;

    private Answer<Welcome> Arrived(Place place, Connection connection)
    {
        (_connection, _place) = (connection, place);
        _gateways.Met(connection.Endpoint);
        _isMapToStop |= place == Place.Map;
        Raise(place == Place.Central ? CentralConnected : MapConnected, connection.Endpoint);
        return new Answer<Welcome>.Granted(connection.Welcome);
    }

    private void RaiseDisconnected(Place place, DisconnectReason reason)
    {
        if (place == Place.Map) Raise(MapDisconnected, reason);
        if (place != Place.Central) return;
        Raise(CentralDisconnected, reason);
        Raise(CentralStopped);
    }

    /// <summary>
    /// One change of place at a time. Giving up in the middle leaves the client nowhere: half a journey is no place to be.
    /// </summary>
    private async Task<Answer<T>> Journey<T>(Func<CancellationToken, Task<Answer<T>>> journey, CancellationToken cancellation)
    {
        if (_journey is not null) return new Answer<T>.Refused(ErrorCode.InvalidState, "The client is on its way to another place.");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _journey = source;
        try
        {
            return await journey(source.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Answer<T>.NoAnswer(ErrorCode.ServerClose, "The client was disconnected on the way.");
        }
        catch when (_journey == source)
        {
            _journey = null;
            LeaveEverything();
            throw;
        }
        finally
        {
            if (_journey == source) AfterJourney();
        }
    }

    // What happened in the last moments of a journey had to wait for its end: a warp, or the loss of the new connection.
    private void AfterJourney()
    {
        _journey = null;
        if (_nextWarp is { } to) FollowByItself(to);
        else if (_place == Place.Nowhere && World.Visit is not null) AfterLoss(_lastLoss);
    }

    /// <summary>Asks on the open connection; busy answers are tried again as the server says.</summary>
    private Task<Answer<T>> Ask<T>(ClientMessage command, Func<ServerMessage, T?> pick, CancellationToken cancellation) where T : class =>
        Patiently(() => AskOnce(command, pick, cancellation), cancellation);

    private Task<Answer<T>> AskOnce<T>(ClientMessage command, Func<ServerMessage, T?> pick, CancellationToken cancellation) where T : class =>
        _connection is { } connection
            ? connection.Ask(command, pick, cancellation)
            : Task.FromResult<Answer<T>>(new Answer<T>.NoAnswer(ErrorCode.ServiceNotAvailable, "The client is not connected."));

    private async Task<Answer<T>> Patiently<T>(Func<Task<Answer<T>>> ask, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await ask();
            if (answer is not Answer<T>.Refused { RetryAfter.Ticks: > 0 } busy) return answer;
            Counters.BusyAnswers++;
            if (tries == _options.BusyRetries || !MayAskAgain(busy.Code) || busy.RetryAfter > _options.LongestBusyWait) return answer;
            await _clock.Delay(WithJitter(busy.RetryAfter), cancellation);
        }
    }

    private static bool MayAskAgain(ErrorCode code) => code is ErrorCode.ServerBusy or ErrorCode.RetryLater or ErrorCode.MapServerNotReady or ErrorCode.AlreadyWarping;

    // Never sooner than told, and not all clients at once.
    private TimeSpan WithJitter(TimeSpan time) => time * (1 + _chance.NextDouble() / 2);
}
