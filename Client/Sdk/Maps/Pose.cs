using System.Numerics;

namespace MmoOrleans.Sdk.Maps;

/// <summary>Where something is and where it looks.</summary>
/// <param name="Position">Metres: x to the right, y up, z down the map.</param>
/// <param name="HeadingDegrees">0 looks along +z and grows towards +x.</param>
public readonly record struct Pose(Vector3 Position, float HeadingDegrees)
{
    /// <summary>Between two poses; the heading takes the shorter way round.</summary>
    public static Pose Between(Pose from, Pose to, float part)
    {
        var turn = (to.HeadingDegrees - from.HeadingDegrees + 540f) % 360f - 180f;
        var heading = (from.HeadingDegrees + turn * part + 360f) % 360f;
        return new Pose(Vector3.Lerp(from.Position, to.Position, part), heading);
    }
}
