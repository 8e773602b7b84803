using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>Grains think in metres where they are exact about ground, the wire and the feeds in whole centimetres.</summary>
internal static class Centimeters
{
    public const int PerMeter = 100;

    public static int From(float meters) => (int)Math.Clamp(Math.Round((double)meters * PerMeter), int.MinValue, int.MaxValue);

    public static uint Length(float meters) => (uint)Math.Max(0, From(meters));

    public static Pose ToPose(this in EntityChange state) =>
        new(new Position((float)state.X / PerMeter, (float)state.Y / PerMeter, (float)state.Z / PerMeter), state.Heading);
}
