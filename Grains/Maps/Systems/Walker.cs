using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Entities;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>Where a player says it is.</summary>
internal readonly record struct MoveClaim(uint Sequence, Spot Spot, byte Heading);

/// <summary>A refused claim of which the client has not been told yet.</summary>
internal readonly record struct DueCorrection(uint Sequence, RefusalCode Code);

/// <summary>What the rules of walking remember of one player; see <see cref="MovementSystem"/>.</summary>
internal sealed class Walker
{
    /// <summary>The newest claim that is not dealt with.</summary>
    public MoveClaim? Claim { get; private set; }

    /// <summary>The newest claim that is part of the player's place, granted or refused.</summary>
    public uint Applied { get; set; }

    /// <summary>How far the player may walk now, in centimetres.</summary>
    public double AllowanceCentimeters { get; set; }

    /// <summary>The player went on while its map was on its way to another silo, and may make up for it with its first claim, if that comes by then.</summary>
    public (TimeSpan Time, DateTimeOffset Until) Owed { get; set; }

    public DueCorrection? Due { get; set; }

    /// <summary>Until then the client is told of no other refused claim.</summary>
    public DateTimeOffset QuietUntil { get; set; }

    /// <summary>Takes a claim if it is newer than all before, refused ones included.</summary>
    public void Wants(MoveClaim claim)
    {
        if (claim.Sequence > Applied && claim.Sequence > (Claim?.Sequence ?? 0))
            Claim = claim;
    }

    /// <summary>The claim is dealt with, and everything older.</summary>
    public void Settle(uint sequence)
    {
        Applied = Math.Max(Applied, sequence);
        Claim = null;
    }

    /// <summary>Stands still: whatever was claimed is void.</summary>
    public void Stop()
    {
        Owed = default;
        if (Claim is { } claim)
            Settle(claim.Sequence);
    }

    /// <summary>Another connection counts its moves from its own beginning.</summary>
    public void Restart(uint applied) => (Claim, Applied, Due) = (null, applied, null);
}
