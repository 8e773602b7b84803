using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Players;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>
/// Clients claim places, the map walks them there as fast as walking allows. Each player has an allowance that refills at the top
/// speed and holds one metre at most, so over any time nobody gets farther than speed x time + 1 m, however claims are bunched.
/// A claim within the allowance is taken whole. One a bit farther (a second's way: a hiccup of the network) is walked towards,
/// step by step, and heals without a word. Beyond that it is refused, as is one that meets blocked ground or the map's edge:
/// the player stands at the last free place and its client is told where. Time in which an overloaded map made no step counts as
/// walked, and so does the time in which it moved from one silo to another: it is the map that was late.
/// <para>
/// Moves that were under way when a claim was refused are most likely wrong in the same way. They are refused too, but the client
/// hears of at most one correction in a while (<see cref="MapOptions.CorrectionEvery"/>): a claim refused in between is
/// told at the end of that time, unless a good one has come meanwhile.
/// </para>
/// </summary>
internal sealed class MovementSystem(Scene scene, MapSystems systems) : IMapSystem
{
    /// <summary>A metre, less two centimetres for the rounding at walls.</summary>
    private const double BurstCentimeters = 98;

    /// <summary>What a hiccup may add up to before a claim is refused: a metre and a second's way.</summary>
    private const double SlackCentimeters = 100;

    private double SpeedCentimetersPerSecond => scene.Options.MaxSpeedMetersPerSecond * 100.0;

    public void Step(IMapWorld world, TimeSpan step)
    {
        foreach (var player in scene.Players.All)
        {
            Refill(player.Walker, step);
            if (player.Plays && player.Walker.Claim is { } claim)
            {
                Follow(player, claim);
                player.Walker.Owed = default; // Once, however far that claim was.
            }
            if (player.Walker.Due is { } due && scene.Now >= player.Walker.QuietUntil)
                Correct(player, due);
        }
    }

    /// <summary>The player is elsewhere, by the map's will: what it claimed before is void, and moves under way cause no corrections.</summary>
    public void Relocate(Player player, Spot spot, byte heading)
    {
        player.Walker.Stop();
        (player.Walker.Due, player.Walker.QuietUntil) = (null, scene.Now + scene.Options.CorrectionEvery);
        scene.Place(player, spot, heading);
        scene.Tell(player, new Relocated(player.Walker.Applied, player.Pose));
    }

    private void Refill(Walker walker, TimeSpan step) => walker.AllowanceCentimeters = Math.Min(
        BurstCentimeters + MissedWay(walker),
        walker.AllowanceCentimeters + (SpeedCentimetersPerSecond * step.TotalSeconds) + MissedWay(walker));

    /// <summary>The way for which there was time while the map made no step.</summary>
    private double MissedWay(Walker walker)
    {
        var owed = walker.Owed.Until > scene.Now ? walker.Owed.Time : TimeSpan.Zero;
        return SpeedCentimetersPerSecond * Math.Max(scene.Missed.TotalSeconds, owed.TotalSeconds);
    }

    private void Follow(Player player, MoveClaim claim)
    {
        if (!claim.Spot.IsSane)
            Refuse(player, claim, RefusalCode.MoveInvalid);
        else if (player.Spot.DistanceTo(claim.Spot) > SlackCentimeters + SpeedCentimetersPerSecond + MissedWay(player.Walker))
            Refuse(player, claim, RefusalCode.MoveTooFast);
        else
            Walk(player, claim);
    }

    private void Walk(Player player, MoveClaim claim)
    {
        var distance = player.Spot.DistanceTo(claim.Spot);
        var part = distance <= player.Walker.AllowanceCentimeters ? 1 : player.Walker.AllowanceCentimeters / distance;
        var target = part < 1 ? player.Spot.Towards(claim.Spot, part) : claim.Spot;
        if (target == player.Spot && part < 1)
            return;
        if (!TryStep(player, target, claim.Heading))
            Refuse(player, claim, IsOutside(claim.Spot) ? RefusalCode.MoveOutOfBounds : RefusalCode.MoveBlocked);
        else if (part >= 1)
            Arrive(player, claim);
    }

    /// <summary>Walks as far as it is free; false when that is not all the way.</summary>
    private bool TryStep(Player player, Spot target, byte heading)
    {
        var walk = scene.Ground.Walk(player.Spot.Ground, target.Ground);
        var end = walk.Arrived ? target : Spot.Of(walk.End, player.Spot.Y);
        if (IsTooHigh(target) || !systems.AllowMove(player.Entity, player.Spot, end))
            return false;
        player.Walker.AllowanceCentimeters -= player.Spot.DistanceTo(end);
        scene.Place(player, end, heading);
        return walk.Arrived;
    }

    private void Arrive(Player player, MoveClaim claim)
    {
        player.Walker.Settle(claim.Sequence);
        player.Walker.Due = null;
        scene.Place(player, player.Spot, claim.Heading);
    }

    private bool IsOutside(Spot spot) => !scene.Ground.Contains(spot.Ground) || IsTooHigh(spot);

    // The ground of every map is flat: y is free for jumps and stairs, and no farther.
    private bool IsTooHigh(Spot spot) => Math.Abs(spot.Y) > scene.Options.MaxHeightMeters * 100.0;

    private void Refuse(Player player, MoveClaim claim, RefusalCode code)
    {
        player.Walker.Settle(claim.Sequence);
        scene.Place(player, player.Spot, claim.Heading);
        player.Walker.Due = new(claim.Sequence, code);
    }

    private void Correct(Player player, DueCorrection due)
    {
        (player.Walker.Due, player.Walker.QuietUntil) = (null, scene.Now + scene.Options.CorrectionEvery);
        scene.Tell(player, new StepRefused(due.Sequence, player.Pose, due.Code));
    }
}
