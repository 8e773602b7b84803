using System.Numerics;

namespace MmoOrleans.Bots.Maps;

/// <summary>
/// Where a bot goes: first to a place of its own in the area, then from waypoint to waypoint on short legs in random directions.
/// Long walks across the area would gather the bots in its middle; short legs folded at the borders keep them as
/// evenly spread as the first places are.
/// </summary>
internal sealed class Walk
{
    /// <summary>Slightly slower than allowed, as a player's client is, so that jitter on the way is never punished.</summary>
    public const float PartOfMaxSpeed = 0.95f;

    private const float LongestLegMetres = 30;
    private const float ShortestLegPart = 0.2f;

    /// <summary>Refused this often on the way to its first place, a bot has arrived as far as it can: something stands between.</summary>
    private const int MostRefusals = 5;

    private readonly Area _area;
    private readonly Random _chance;
    private readonly float _metresPerSecond;
    private Vector2 _waypoint;
    private int _refusals;

    public Walk(Area area, Vector2 from, float maxSpeedMetresPerSecond, TimeSpan firstWalk, Random chance)
    {
        (_area, _chance, At) = (area, chance, from);
        _metresPerSecond = maxSpeedMetresPerSecond * PartOfMaxSpeed;
        _waypoint = area.Draw(from, (float)firstWalk.TotalSeconds * _metresPerSecond, chance);
        IsInPlace = _waypoint == from;
    }

    public Vector2 At { get; private set; }

    /// <summary>Has been at its first place.</summary>
    public bool IsInPlace { get; private set; }

    /// <summary>Walks on for this long and answers the way that was gone.</summary>
    public Vector2 Step(TimeSpan time)
    {
        var from = At;
        if (At == _waypoint) Arrive();
        var way = _waypoint - At;
        var (distance, reach) = (way.Length(), (float)time.TotalSeconds * _metresPerSecond);
        At = distance <= reach ? _waypoint : At + way * (reach / distance);
        return At - from;
    }

    /// <summary>The server put the bot here: whatever was in the way, it goes elsewhere.</summary>
    public void Put(Vector2 at)
    {
        At = at;
        if (!IsInPlace && ++_refusals >= MostRefusals) IsInPlace = true;
        _waypoint = NextWaypoint();
    }

    private void Arrive()
    {
        IsInPlace = true;
        _waypoint = NextWaypoint();
    }

    private Vector2 NextWaypoint()
    {
        if (!_area.Contains(At)) return _area.Draw(_area.Nearest(At), LongestLegMetres, _chance);
        var longest = Math.Min(LongestLegMetres, Math.Min(_area.Size.X, _area.Size.Y) / 2);
        var length = longest * (ShortestLegPart + (1 - ShortestLegPart) * _chance.NextSingle());
        var (sin, cos) = MathF.SinCos(_chance.NextSingle() * MathF.Tau);
        return _area.Fold(At + new Vector2(sin, cos) * length);
    }
}
