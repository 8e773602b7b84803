using System.Numerics;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// Whether a character stands where it may: on the way that it walked, as acknowledged, in the last three seconds of its history,
/// or on the steps it sent since. A server that saves every two seconds loses no more than that.
/// </summary>
internal static class Comparison
{
    public const long OldestMs = 3000;

    /// <summary>
    /// How far beside the way: what half a second between two writes of the file may lack at a walking pace of 6 m/s, and a step.
    /// </summary>
    public const float ToleranceMetres = 4;

    public static bool Holds(HistoryLine line, string map, Vector2 at) => DistanceTo(line, map, at) <= ToleranceMetres;

    /// <summary>Metres from the nearest point of the allowed way; infinite when none of it is on that map. Behind a warp on the way any place will do.</summary>
    public static float DistanceTo(HistoryLine line, string map, Vector2 at)
    {
        if (line.States.Count == 0) return float.PositiveInfinity;
        List<PastState> way = [.. line.States.Skip(FirstAllowed(line.States)), .. line.Unanswered];
        var nearest = float.PositiveInfinity;
        for (var i = 0; i < way.Count; i++)
        {
            if (way[i].LeadsTo == map) return 0;
            if (way[i].Map != map) continue;
            var from = i > 0 && way[i - 1].Map == map ? way[i - 1] : way[i];
            nearest = Math.Min(nearest, Distance(at, PointOf(from), PointOf(way[i])));
        }

        return nearest;
    }

    // The state that was the newest one three seconds before the end counts too: the character was there until it moved on.
    private static int FirstAllowed(IReadOnlyList<PastState> states)
    {
        var oldest = states[^1].TimeMs - OldestMs;
        var first = states.Count - 1;
        while (first > 0 && states[first].TimeMs > oldest) first--;
        return first;
    }

    private static Vector2 PointOf(PastState state) => new Vector2(state.XCm, state.ZCm) / 100;

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var way = to - from;
        var part = way == Vector2.Zero ? 0 : Math.Clamp(Vector2.Dot(point - from, way) / way.LengthSquared(), 0, 1);
        return Vector2.Distance(point, from + way * part);
    }
}
