namespace MmoOrleans.Grains.Maps.Data;

/// <summary>Where a walk along a straight line ended.</summary>
/// <param name="End">A free point: the target, or the last place before what was in the way.</param>
/// <param name="Arrived">Whether <paramref name="End"/> is the target.</param>
public readonly record struct WalkResult(MapPoint End, bool Arrived);
