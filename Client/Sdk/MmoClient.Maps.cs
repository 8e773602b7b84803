using System.Numerics;
using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

// Into a map, on it, and back to the character list.
public sealed partial class MmoClient
{
    private MapConnection _destination = new();
    private ByteString _resumeToken = ByteString.Empty;
    private uint _lastInput;
    private ulong _lastEvent;

    /// <summary>MapConnected was raised, MapStopped has not been since.</summary>
    private bool _isMapToStop;

    /// <summary>
    /// Disconnects from Central, connects to the map and enters it. Ends when the character stands there. A ticket that has
    /// expired is replaced by selecting again. When the map does not let it in, the client is back at the character list.
    /// </summary>
    public Task<Answer<MapVisit>> EnterMapAsync(MapConnection to, CancellationToken cancellation = default) =>
        _loop.Run(() => Journey(token => EnterOrGoBack(to, token), cancellation));

    /// <summary>Selects a character and enters its map.</summary>
    public Task<Answer<MapVisit>> SelectAndEnterAsync(ByteString characterId, string channelId = "", CancellationToken cancellation = default) =>
        _loop.Run(() => Journey(token => SelectAndEnter(characterId, channelId, token), cancellation));

    /// <summary>
    /// Leaves the map on purpose and returns to the character list: connects to Central and validates the token by itself.
    /// Leaving cannot be refused; the answer is the login at Central.
    /// </summary>
    public Task<Answer<LoggedIn>> LeaveMapAsync(CancellationToken cancellation = default) =>
        _loop.Run(() => Journey(LeaveMap, cancellation));

    /// <summary>
    /// Says where the character is now. Never answered: a step that the server refuses comes back as Corrected. Call it at the
    /// game's own rate, 10 to 20 times a second; without a map it does nothing.
    /// </summary>
    public void Move(Vector3 position, float headingDegrees) => _loop.Post(() => SendMove(new Pose(position, headingDegrees)));

    /// <summary>Sends a message of the game's own (at most 4096 bytes), reliable and in order. A refusal comes as GameRefused.</summary>
    public void SendGame(uint kind, ByteString payload) => _loop.Post(() =>
    {
        var command = new ClientMessage { RequestId = GameRequestId, Game = new GameMessage { Kind = kind, Payload = payload } };
        if (IsOnMap) _connection?.Tell(command);
    });

    /// <summary>Nobody waits for the answer to a game message, so all of them share this id, which no request ever gets.</summary>
    private const uint GameRequestId = uint.MaxValue;

    private bool IsOnMap => _place == Place.Map && World.IsSpawned;

    private async Task<Answer<MapVisit>> SelectAndEnter(ByteString characterId, string channelId, CancellationToken cancellation)
    {
        var selected = await Select(characterId, channelId, cancellation);
        return selected.IsGranted(out var to) ? await EnterOrGoBack(to, cancellation) : selected.Failed<MapVisit>();
    }

    private async Task<Answer<MapVisit>> EnterOrGoBack(MapConnection to, CancellationToken cancellation)
    {
        var entered = await Enter(to, DisconnectReason.EnteringMap, cancellation);
        if (!entered.IsGranted(out _)) await GoBack(cancellation);
        return entered;
    }

    private async Task<Answer<MapVisit>> Enter(MapConnection to, DisconnectReason reason, CancellationToken cancellation)
    {
        var entered = await TryEnter(to, reason, cancellation);
        return entered.Code == ErrorCode.TicketExpired ? await SelectAgain(cancellation) : entered;
    }

    /// <summary>The way in for a character whose ticket or resume token is void: the token logs in, the character is selected anew.</summary>
    private async Task<Answer<MapVisit>> SelectAgain(CancellationToken cancellation)
    {
        var central = await ReturnToCentral(cancellation);
        if (!central.IsGranted(out _)) return central.Failed<MapVisit>();
        var selected = await Select(SelectedCharacterId, SelectedChannelId, cancellation);
        return selected.IsGranted(out var to) ? await TryEnter(to, DisconnectReason.EnteringMap, cancellation) : selected.Failed<MapVisit>();
    }

    private async Task<Answer<MapVisit>> TryEnter(MapConnection to, DisconnectReason reason, CancellationToken cancellation)
    {
        var endpoints = EndpointsOf(to);
        _destination = to;
        Depart(reason);
        var connected = await Arrive(Place.Map, endpoints, cancellation);
        return connected.IsGranted(out _)
            ? await PassTheDoor(new EnterMap { ConnectionKey = to.ConnectionKey }, cancellation)
            : connected.Failed<MapVisit>();
    }

    private async Task<Answer<MapVisit>> PassTheDoor(EnterMap enter, CancellationToken cancellation)
    {
        (enter.AccountId, enter.AccessToken, enter.CharacterId) = (AccountId, AccessToken, SelectedCharacterId);
        enter.Heard.Add(_chat.Positions);
        var accepted = await Ask(new ClientMessage { EnterMap = enter }, static message => message.EnterAccepted, cancellation);
        if (!accepted.IsGranted(out _) || World.Visit is not { } visit) return accepted.Failed<MapVisit>();

        await LoadMap(visit, cancellation);
        var spawned = await Ask(new ClientMessage { ClientReady = new ClientReady() }, static message => message.Spawned, cancellation);
        if (spawned.IsGranted(out _)) Raise(Spawned, visit);
        return spawned.Select(_ => visit);
    }

    private async Task LoadMap(MapVisit visit, CancellationToken cancellation)
    {
        if (_options.LoadMap is not { } load) return;
        var loading = Task.CompletedTask;
        _loop.Outward(() => loading = load(visit, cancellation));
        await loading;
    }

    private async Task<Answer<LoggedIn>> LeaveMap(CancellationToken cancellation)
    {
        if (_place != Place.Map) return new Answer<LoggedIn>.Refused(ErrorCode.InvalidState, "The character is on no map.");
        // Whatever comes back, the player goes: a character that the server still holds leaves when its grace is over.
        await Ask(new ClientMessage { LeaveMap = new LeaveMap() }, static message => message.LeftMap, cancellation);
        return await GoBack(cancellation);
    }

    private async Task<Answer<LoggedIn>> GoBack(CancellationToken cancellation)
    {
        if (_place == Place.Map) Depart(DisconnectReason.Asked);
        EndVisit(DisconnectReason.Asked);
        var central = await ReturnToCentral(cancellation);
        if (!central.IsGranted(out _)) ClearClientData();
        return central;
    }

    private async Task<Answer<LoggedIn>> ReturnToCentral(CancellationToken cancellation)
    {
        if (AccessToken.Length == 0) return new Answer<LoggedIn>.Refused(ErrorCode.NotLoggedIn, "The login has ended.");
        if (_place == Place.Map) Depart(DisconnectReason.Asked);
        if (_place != Place.Central)
        {
            var connected = await Arrive(Place.Central, CentralGateways(), cancellation);
            if (!connected.IsGranted(out _)) return connected.Failed<LoggedIn>();
        }

        return _connection is { IsLoggedIn: true } ? new Answer<LoggedIn>.Granted(_login) : await LoginByToken(cancellation);
    }

    private void EndVisit(DisconnectReason why)
    {
        _resumeToken = ByteString.Empty;
        EndView();
        EndWalk("The character left the map.");
        if (!_isMapToStop) return;
        _isMapToStop = false;
        Raise(MapStopped, why);
    }

    private void EndView()
    {
        foreach (var entity in World.End()) Raise(Left, entity);
    }

    private uint SendMove(Pose pose)
    {
        if (!IsOnMap) return 0;
        World.Predict(++_lastInput, pose);
        Counters.MovesSent++;
        _connection?.Tell(new ClientMessage
        {
            Move = new Move
            {
                InputSequence = _lastInput,
                XCm = Units.ToCentimetres(pose.Position.X),
                YCm = Units.ToCentimetres(pose.Position.Y),
                ZCm = Units.ToCentimetres(pose.Position.Z),
                Heading = Units.ToHeading(pose.HeadingDegrees),
            },
        });
        return _lastInput;
    }

    private List<ServerEndpoint> EndpointsOf(MapConnection to) => PreferredFirst(to.Endpoints.Select(ServerEndpoint.Of));

    // The same kind of transport as now first: where that works, it works.
    private List<ServerEndpoint> PreferredFirst(IEnumerable<ServerEndpoint> endpoints)
    {
        var preferred = (_connection?.Endpoint ?? CentralEndpoint)?.Transport;
        return [.. endpoints.OrderBy(one => one.Transport == preferred ? 0 : 1)];
    }
}
