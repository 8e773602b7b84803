using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Sdk;

// A straight walk to a point, as a player's key presses would do it.
public sealed partial class MmoClient
{
    /// <summary>How long the last step waits for the server's word before the walk counts as arrived all the same.</summary>
    private static readonly TimeSpan LongestWaitForWord = TimeSpan.FromSeconds(2);

    private Walk? _walk;

    /// <summary>
    /// Walks in a straight line at almost full speed and ends on arrival, when the server refuses a step, or when the way led
    /// into a warp. A new walk ends the one before. INVALID_STATE when the character is on no map.
    /// </summary>
    /// <param name="x">Metres to the right.</param>
    /// <param name="z">Metres down the map.</param>
    /// <param name="cancellation">Stops where the character is.</param>
    public Task<Answer<WalkEnd>> WalkToAsync(float x, float z, CancellationToken cancellation = default) =>
        _loop.Run(() => WalkTo(x, z, cancellation));

    private async Task<Answer<WalkEnd>> WalkTo(float x, float z, CancellationToken cancellation)
    {
        if (!IsOnMap || World is not { Own: { } own, Visit: { } visit }) return new Answer<WalkEnd>.Refused(ErrorCode.InvalidState, "The character is on no map.");
        EndWalk("Another walk began.");
        var walk = _walk = new Walk(_lastInput + 1);
        var plan = new WalkPlan(own.Position, new Vector3(x, own.Position.Y, z), visit.MaxSpeedMetresPerSecond);
        try
        {
            var last = await Step(walk, plan, cancellation);
            await WaitForWord(walk, last, cancellation);
        }
        finally
        {
            if (_walk == walk) _walk = null;
        }

        return new Answer<WalkEnd>.Granted(walk.Ended ?? new WalkEnd.Arrived(World.Own?.Position ?? default));
    }

    private async Task<uint> Step(Walk walk, WalkPlan plan, CancellationToken cancellation)
    {
        var begun = _clock.Now;
        while (true)
        {
            await Rest(walk, TimeSpan.FromSeconds(1 / _options.MovesPerSecond), cancellation);
            if (walk.Ended is not null || _journey is not null) return 0;
            var walked = _clock.Now - begun;
            var input = SendMove(plan.At(walked));
            if (plan.IsOverAt(walked)) return input;
        }
    }

    // The way may have led into a warp with its last step, and then the walk ends on the other side.
    private async Task WaitForWord(Walk walk, uint last, CancellationToken cancellation)
    {
        var until = _clock.Now + LongestWaitForWord;
        while (walk.Ended is null && (_journey is not null || (World.AcknowledgedInput < last && _clock.Now < until)))
            await Rest(walk, TimeSpan.FromMilliseconds(50), cancellation);
    }

    private async Task Rest(Walk walk, TimeSpan time, CancellationToken cancellation)
    {
        await Task.WhenAny(_clock.Delay(time, cancellation), walk.Over);
        // Go on in a turn of its own, not in the middle of what ended the walk.
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
    }

    private void EndWalk(string why) => _walk?.End(new WalkEnd.Interrupted(why, World.Own?.Position ?? default));

    /// <summary>One walk under way. Corrections of moves that were sent before it began are not its business.</summary>
    private sealed class Walk(uint firstInput)
    {
        private readonly TaskCompletionSource<bool> _over = new();

        public WalkEnd? Ended { get; private set; }

        public Task Over => _over.Task;

        public void End(WalkEnd end)
        {
            Ended ??= end;
            _over.TrySetResult(true);
        }

        public void OnCorrected(Correction correction)
        {
            if (correction.InputSequence == 0 || correction.InputSequence >= firstInput) End(new WalkEnd.Blocked(correction.Code, correction.Position));
        }
    }
}
