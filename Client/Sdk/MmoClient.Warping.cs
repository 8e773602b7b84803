using Google.Protobuf;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Sdk;

// From one map to another: the character lives there already, the client follows.
public sealed partial class MmoClient
{
    private MapConnection? _nextWarp;

    private void OnWarped(MapConnection to)
    {
        _resumeToken = ByteString.Empty;
        World.IsSpawned = false;
        if (_journey is null) FollowByItself(to);
        else _nextWarp = to;
    }

    private void FollowByItself(MapConnection to)
    {
        _nextWarp = null;
        Raise(Warping, to);
        ByItself(cancellation => Follow(to, cancellation));
    }

    private void OnWarpRefused(WarpRefused refused)
    {
        Raise(WarpRefused, new WarpRefusal(refused.ToMap, refused.Code, refused.Sentence));
        _walk?.End(new WalkEnd.Blocked(refused.Code, World.Own?.Position ?? default));
    }

    private async Task<Answer<MapVisit>> Follow(MapConnection to, CancellationToken cancellation)
    {
        var entered = await Enter(to, DisconnectReason.Warping, cancellation);
        if (!entered.IsGranted(out _) && !IsFinal(entered)) entered = await ComeBack(TimeSpan.Zero, cancellation);
        if (!entered.IsGranted(out var visit)) return GiveUp(entered);

        Raise(Warped, visit);
        _walk?.End(new WalkEnd.Warped(visit.Map, visit.Start.Position));
        return entered;
    }

    /// <summary>Starts a journey that nobody asked for and nobody awaits.</summary>
    private async void ByItself(Func<CancellationToken, Task<Answer<MapVisit>>> journey)
    {
        try
        {
            await Journey(journey, CancellationToken.None);
        }
        catch (Exception thrown)
        {
            // Only the game's own LoadMap throws here; the journey has closed what it had opened.
            _loop.Outward(() => Report(thrown));
        }
    }
}
