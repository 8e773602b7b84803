using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>What somebody who enters is told, as the wire has it.</summary>
internal static class WireMaps
{
    public static EnterAccepted Accepted(Admission admission, MapWelcome welcome)
    {
        var accepted = new EnterAccepted
        {
            EntityId = (uint)welcome.Entity,
            Map = admission.Map.Map,
            ChannelId = admission.Map.Channel,
            Instance = admission.Map.Instance,
            XCm = Centimeters.From(welcome.Pose.Position.X),
            YCm = Centimeters.From(welcome.Pose.Position.Y),
            ZCm = Centimeters.From(welcome.Pose.Position.Z),
            Heading = welcome.Pose.Heading,
            MaxSpeed = welcome.Rules.MaxSpeedMetersPerSecond,
            TickRate = (uint)welcome.Rules.TickRate,
            VisibleRange = welcome.Rules.VisibleRangeMeters,
            ResumeToken = admission.ResumeToken.ToWire(),
            GraceMs = (uint)welcome.Grace.TotalMilliseconds,
            CharacterName = admission.Name,
        };
        AddShape(accepted, welcome.Shape);
        return accepted;
    }

    private static void AddShape(EnterAccepted accepted, MapShape shape)
    {
        accepted.OriginXCm = Centimeters.From(shape.OriginX);
        accepted.OriginZCm = Centimeters.From(shape.OriginZ);
        accepted.WidthCm = Centimeters.Length(shape.Width);
        accepted.LengthCm = Centimeters.Length(shape.Length);
        foreach (var warp in shape.Warps)
            accepted.Warps.Add(ToWire(warp));
    }

    private static MapWarp ToWire(WarpArea warp) => new()
    {
        Name = warp.Name,
        ToMap = warp.ToMap,
        XCm = Centimeters.From(warp.X),
        ZCm = Centimeters.From(warp.Z),
        WidthCm = Centimeters.Length(warp.Width),
        LengthCm = Centimeters.Length(warp.Length),
    };
}
