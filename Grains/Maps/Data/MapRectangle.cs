namespace MmoOrleans.Grains.Maps.Data;

/// <summary>An upright rectangle on the ground, in metres. X and Z are its smallest coordinates; both sizes may be 0 (a point).</summary>
public readonly record struct MapRectangle(double X, double Z, double Width, double Depth)
{
    /// <summary>True inside and on the left and top edges, so that two rectangles side by side never both contain a point.</summary>
    public bool Contains(MapPoint point) =>
        point.X >= X && point.X < X + Width && point.Z >= Z && point.Z < Z + Depth;
}
