using System.Numerics;

namespace MmoOrleans.Sdk.Maps;

/// <summary>From metres and degrees to the wire's centimetres and 1/256 turns, and back.</summary>
public static class Units
{
    /// <summary>Nearest centimetre. What is no number, or further than 10,000 km away, is kept within what the wire can say.</summary>
    public static int ToCentimetres(float metres) =>
        float.IsNaN(metres) ? 0 : (int)Math.Round(Math.Clamp(metres, -1e7f, 1e7f) * 100.0);

    /// <summary>Metres of a point in centimetres.</summary>
    public static Vector3 ToMetres(int xCentimetres, int yCentimetres, int zCentimetres) =>
        new(xCentimetres / 100f, yCentimetres / 100f, zCentimetres / 100f);

    /// <summary>Nearest 1/256 turn. 0 looks along +z and grows towards +x.</summary>
    public static uint ToHeading(float degrees) => float.IsFinite(degrees) ? (uint)((int)Math.Round(degrees * 256.0 / 360.0 % 256.0) & 0xFF) : 0;

    /// <summary>0 up to 360.</summary>
    public static float ToDegrees(uint heading) => (heading & 0xFF) * 360f / 256f;

    /// <summary>The heading that looks along a way; 0 for no way at all.</summary>
    public static float DegreesAlong(Vector3 way) => (float)((Math.Atan2(way.X, way.Z) * 180.0 / Math.PI + 360.0) % 360.0);
}
