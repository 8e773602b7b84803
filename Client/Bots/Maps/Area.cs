using System.Numerics;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots.Maps;

/// <summary>
/// The square in which bots walk: around the middle of the map, which all bots of a map know alike, and no larger than the map
/// without its border (maps often end in a wall). Points are x and z in metres.
/// </summary>
internal readonly record struct Area(Vector2 Least, Vector2 Most)
{
    private const float BorderMetres = 2;
    private const int Draws = 64;

    public Vector2 Size => Most - Least;

    public static Area Of(MapVisit visit, float sideMetres)
    {
        var size = new Vector2(visit.Size.X, visit.Size.Z);
        var middle = new Vector2(visit.Origin.X, visit.Origin.Z) + size / 2;
        var half = Vector2.Min(new Vector2(sideMetres), Vector2.Max(size - new Vector2(2 * BorderMetres), Vector2.Zero)) / 2;
        return new Area(middle - half, middle + half);
    }

    public bool Contains(Vector2 point) => Vector2.Clamp(point, Least, Most) == point;

    public Vector2 Nearest(Vector2 point) => Vector2.Clamp(point, Least, Most);

    /// <summary>A point of the area by chance, evenly, not further than this from where the bot stands; the nearest one when all are further.</summary>
    public Vector2 Draw(Vector2 from, float reachMetres, Random chance)
    {
        var least = Vector2.Max(Least, from - new Vector2(reachMetres));
        var most = Vector2.Min(Most, from + new Vector2(reachMetres));
        for (var draw = 0; draw < Draws && least.X <= most.X && least.Y <= most.Y; draw++)
        {
            var point = least + (most - least) * new Vector2(chance.NextSingle(), chance.NextSingle());
            if (Vector2.Distance(from, point) <= reachMetres) return point;
        }

        return Nearest(from);
    }

    /// <summary>Folds a point back at the borders, as a mirror would. Points that were spread evenly stay so.</summary>
    public Vector2 Fold(Vector2 point) => new(Fold(point.X, Least.X, Most.X), Fold(point.Y, Least.Y, Most.Y));

    private static float Fold(float at, float least, float most)
    {
        if (at < least) at = 2 * least - at;
        if (at > most) at = 2 * most - at;
        return Math.Clamp(at, least, most);
    }
}
