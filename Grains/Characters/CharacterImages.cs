using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Characters;

/// <summary>How what a map knows of a character comes into its record.</summary>
internal static class CharacterImages
{
    /// <summary>The record with a newer image. The mute is the record's own: it is written here first and told to the map.</summary>
    public static CharacterRecord Apply(CharacterRecord record, CharacterImage image) => record with
    {
        Map = image.Map,
        Pose = StoredPose.Of(image.Pose),
        Stamp = image.Stamp,
        Data = image.PoseOnly ? record.Data : image.Data,
    };

    /// <summary>Whether a save may be written, was written already, or comes from somebody who lost the character.</summary>
    public static ImageStanding Judge(CharacterRecord record, CharacterOwner owner, CharacterImage image)
    {
        if (!owner.Is(image.Stamp.Owner, record) || !owner.IsOn(image.Stamp.Map)) return ImageStanding.Stale;
        return image.Stamp > record.Stamp ? ImageStanding.Newer : ImageStanding.Known;
    }
}

internal enum ImageStanding
{
    Newer,
    Known,
    Stale,
}
