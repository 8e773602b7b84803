using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Maps.Entities;

/// <summary>A place in centimetres, the unit of the wire: what a client is told is exactly what the map holds.</summary>
internal readonly record struct Spot(int X, int Y, int Z)
{
    /// <summary>A thousand kilometres: what lies beyond is no position, and distances within it cannot overflow.</summary>
    private const int Limit = 100_000_000;

    private const double PerMeter = 100;

    public bool IsSane => Math.Abs((long)X) <= Limit && Math.Abs((long)Y) <= Limit && Math.Abs((long)Z) <= Limit;

    public MapPoint Ground => new(X / PerMeter, Z / PerMeter);

    public Position Meters => new((float)(X / PerMeter), (float)(Y / PerMeter), (float)(Z / PerMeter));

    /// <summary>False for what is not finite or absurdly far away.</summary>
    public static bool TryOf(Position meters, out Spot spot)
    {
        spot = default;
        if (!meters.IsFinite || Math.Max(Math.Abs(meters.X), Math.Max(Math.Abs(meters.Y), Math.Abs(meters.Z))) > Limit / PerMeter)
            return false;
        spot = new(Round(meters.X), Round(meters.Y), Round(meters.Z));
        return true;
    }

    public static Spot Of(MapPoint ground, int y) => new(Round(ground.X), y, Round(ground.Z));

    /// <summary>In centimetres, height included: climbing is as fast as walking.</summary>
    public double DistanceTo(Spot other)
    {
        double x = (double)other.X - X, y = (double)other.Y - Y, z = (double)other.Z - Z;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <summary>
    /// The place after a part of the way, each coordinate cut towards here: never farther than asked for. That it may lie a
    /// centimetre beside the line does no harm, since the way to it is walked and checked as any other.
    /// </summary>
    public Spot Towards(Spot other, double part) =>
        new(X + (int)(((double)other.X - X) * part), Y + (int)(((double)other.Y - Y) * part), Z + (int)(((double)other.Z - Z) * part));

    private static int Round(double meters) => (int)Math.Round(meters * PerMeter);
}
