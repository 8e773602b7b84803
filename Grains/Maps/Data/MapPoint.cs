using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// A spot on the ground, in metres: x to the right, z down the map as it is drawn. The height, y, is no part of it. Doubles,
/// because a walk reckons with parts of a way; where it stops keeps so far from walls that a <see cref="Position"/> of floats
/// is as free as the point.
/// </summary>
public readonly record struct MapPoint(double X, double Z)
{
    /// <summary>False when a coordinate is NaN or infinite, as hostile input may have it.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Z);

    /// <summary>The ground under a position.</summary>
    public static MapPoint Under(Position position) => new(position.X, position.Z);

    /// <summary>The position that many metres above this ground.</summary>
    public Position At(float y) => new((float)X, y, (float)Z);

    public static MapPoint operator +(MapPoint a, MapPoint b) => new(a.X + b.X, a.Z + b.Z);

    public static MapPoint operator -(MapPoint a, MapPoint b) => new(a.X - b.X, a.Z - b.Z);
}
