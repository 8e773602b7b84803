namespace MmoOrleans.Grains.Maps.Data;

/// <summary>A spot on the ground, in metres: x to the right, z down the map as it is drawn. The height, y, is no part of it.</summary>
public readonly record struct MapPoint(double X, double Z)
{
    /// <summary>False when a coordinate is NaN or infinite, as hostile input may have it.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Z);

    public static MapPoint operator +(MapPoint a, MapPoint b) => new(a.X + b.X, a.Z + b.Z);

    public static MapPoint operator -(MapPoint a, MapPoint b) => new(a.X - b.X, a.Z - b.Z);
}
