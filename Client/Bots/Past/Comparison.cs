using System.Numerics;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// Whether a character stands where it may: on the way that it walked, as acknowledged, in the last three seconds of its history.
/// A server that saves every two seconds loses no more than that.
/// </summary>
internal static class Comparison
{
    public const long OldestMs = 3000;

    /// <summary>
    /// How far beside the way: one move that was taken but not yet acknowledged when the history ended, and what half a second
    /// between two writes of the file may lack, at a walking pace of 6 m/s.
    /// </summary>
    public const float ToleranceMetres = 4;

    public static bool Holds(IReadOnlyList<PastState> states, string map, Vector2 at) => states.Count > 0 && DistanceTo(states, map, at) <= ToleranceMetres;

    /// <summary>Metres from the nearest point of the allowed way; infinite when none of it is on that map. Behind a warp on the way any place will do.</summary>
    public static float DistanceTo(IReadOnlyList<PastState> states, string map, Vector2 at)
    {
        var nearest = float.PositiveInfinity;
        var first = FirstAllowed(states);
        for (var i = first; i < states.Count; i++)
        {
            if (states[i].LeadsTo == map) return 0;
            if (states[i].Map != map) continue;
            var from = i > first && states[i - 1].Map == map ? states[i - 1] : states[i];
            nearest = Math.Min(nearest, Distance(at, PointOf(from), PointOf(states[i])));
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
