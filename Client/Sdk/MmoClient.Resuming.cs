using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

// After a lost connection: the character waits on the map for its grace time, and the client comes back by itself. When the
// grace is over, the character was saved where it stood, and selecting it again leads there.
public sealed partial class MmoClient
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private void AfterLoss(DisconnectReason reason)
    {
        if (reason.MayResume && _options.ResumeWithin > TimeSpan.Zero && World.Visit is not null) ByItself(cancellation => Resume(reason, cancellation));
        else GiveUp(new Answer<MapVisit>.NoAnswer(reason.Code, reason.Sentence));
    }

    private async Task<Answer<MapVisit>> Resume(DisconnectReason reason, CancellationToken cancellation)
    {
        EndWalk("The connection was lost.");
        var back = await ComeBack(reason.RetryAfter, cancellation);
        if (!back.IsGranted(out var visit)) return GiveUp(back);
        Raise(Resumed, visit);
        return back;
    }

    private async Task<Answer<MapVisit>> ComeBack(TimeSpan told, CancellationToken cancellation)
    {
        var until = _clock.Now + _options.ResumeWithin;
        var pause = WithJitter(told);
        for (var attempt = 0; ; attempt++)
        {
            if (pause > TimeSpan.Zero) await _clock.Delay(pause, cancellation);
            var back = await TryComeBack(attempt, cancellation);
            if (back.IsGranted(out _) || IsFinal(back) || _clock.Now >= until) return back;
            pause = PauseAfter(attempt, back is Answer<MapVisit>.Refused { RetryAfter: var again } ? again : TimeSpan.Zero);
        }
    }

    private async Task<Answer<MapVisit>> TryComeBack(int attempt, CancellationToken cancellation)
    {
        if (_resumeToken.IsEmpty) return await SelectAgain(cancellation);
        var resumed = await TryResume(attempt, cancellation);
        if (resumed.Code != ErrorCode.TicketExpired) return resumed;
        _resumeToken = ByteString.Empty;
        return await SelectAgain(cancellation);
    }

    private async Task<Answer<MapVisit>> TryResume(int attempt, CancellationToken cancellation)
    {
        if (_place != Place.Nowhere) Drop(DisconnectReason.Asked);
        var gateways = GatewaysToResumeAt();
        var first = attempt % gateways.Count; // Another one each time: the one before may let in and not know what to do.
        var connected = await Arrive(Place.Map, [.. gateways.Skip(first), .. gateways.Take(first)], cancellation, triesAgain: true);
        return connected.IsGranted(out _)
            ? await PassTheDoor(new EnterMap { ResumeToken = _resumeToken }, cancellation)
            : connected.Failed<MapVisit>();
    }

    // Any gateway will do, in turns: the map's own first, which the network may only have lost for a moment, unless it has said that it
    // closes or has fallen silent; then the others that it told of; then the one of Central. Another way to one that has been tried comes last.
    private List<ServerEndpoint> GatewaysToResumeAt()
    {
        var (own, others) = (EndpointsOf(_destination), PreferredFirst(_gateways.All));
        var isGone = _lastLoss.Cause == DisconnectCause.ServerSilent || _lastLoss.Code == ErrorCode.ServerClose;
        return PreferredFirst((isGone ? others.Concat(own) : own.Concat(others)).Concat(CentralGateways()).Distinct());
    }

    // Where accounts are logged in: the gateway that the game named, or any other when that one is gone.
    private IReadOnlyList<ServerEndpoint> CentralGateways() => CentralEndpoint is { } central ? [.. PreferredFirst(_gateways.All).Prepend(central).Distinct()] : [];

    // Back at the character list when the way has ended there, else nowhere and logged out.
    private Answer<MapVisit> GiveUp(Answer<MapVisit> why)
    {
        var reason = new DisconnectReason(why is Answer<MapVisit>.Refused ? DisconnectCause.ServerClosed : _lastLoss.Cause, why.Code, why.Sentence);
        if (_place == Place.Map) Drop(reason);
        EndVisit(reason);
        if (_place != Place.Central || _connection is not { IsLoggedIn: true }) ClearClientData();
        return why;
    }

    // A token that was void, a ban, a map that no longer exists: asking again changes nothing.
    private bool IsFinal(Answer<MapVisit> answer) => AccessToken.Length == 0 ||
        (answer is Answer<MapVisit>.Refused { RetryAfter.Ticks: 0 } refused && refused.Code is not (ErrorCode.TicketExpired or ErrorCode.ServiceNotAvailable
            or ErrorCode.InternalServerError or ErrorCode.ServerBusy or ErrorCode.ServerClose or ErrorCode.RetryLater or ErrorCode.MapServerNotReady or ErrorCode.AppNotReady));

    // The server knows better than we do: longer when it said so, and then as long as that.
    private TimeSpan PauseAfter(int attempt, TimeSpan told)
    {
        var pause = ShortestPause * Math.Pow(2, Math.Min(attempt, 6));
        if (pause > LongestPause) pause = LongestPause;
        return WithJitter(pause > told ? pause : told);
    }
}
