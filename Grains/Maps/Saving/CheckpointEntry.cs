using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Maps.Entities;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>Where one character stood when a checkpoint was made.</summary>
internal readonly record struct CheckpointEntry(CharacterId Character, Stamp Stamp, Spot Spot, byte Heading)
{
    public Pose Pose => new(Spot.Meters, Heading);

    /// <summary>Null for an image without a usable pose.</summary>
    public static CheckpointEntry? Of(CharacterImage image) =>
        image.Pose is { } pose && Spot.TryOf(pose.Position, out var spot) ? new(image.Character, image.Stamp, spot, pose.Heading) : null;

    public CharacterImage ToImage(MapId map) => new(Character, Stamp, map, Pose, default, default, PoseOnly: true);
}
