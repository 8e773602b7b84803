using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// What a character grain stores. This record alone decides where the character is and who may write it; everybody else holds
/// copies. Made at the first selection.
/// </summary>
[StoredRecord(1)]
internal sealed record CharacterRecord
{
    public const string State = "character";

    public AccountId Account { get; init; }

    public string Name { get; init; } = "";

    public ReadOnlyMemory<byte> Appearance { get; init; }

    /// <summary>The incarnation of the activation that claimed last, and the last owner that it wrote; later ones of it were in memory.</summary>
    public Fence Owner { get; init; }

    /// <summary>Where the character is, or goes to next.</summary>
    public MapId? Map { get; init; }

    /// <summary>Null: the start of the map.</summary>
    public StoredPose? Pose { get; init; }

    /// <summary>Of the image that was applied last.</summary>
    public Stamp Stamp { get; init; }

    /// <summary>The game's own.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The name of the map to go to when its own is gone; empty: the start map.</summary>
    public string RespawnMap { get; init; } = "";

    /// <summary>Null: not muted.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    public CommittedWarp? LastWarp { get; init; }

    /// <summary>Of the resume token as of the last write, so that a player can resume after the grain has moved.</summary>
    public SecretHash? Resume { get; init; }

    public SecretHash? ResumeBefore { get; init; }

    public CharacterImage ToImage(CharacterId id) =>
        new(id, Stamp, Map!.Value, Pose?.ToPose(), Data, MutedUntil ?? DateTimeOffset.MinValue);

    /// <summary>A log shows no hash.</summary>
    public override string ToString() => $"character {Name} of {Account}";
}

internal sealed record StoredPose(float X, float Y, float Z, byte Heading)
{
    public static StoredPose? Of(Pose? pose) => pose is { Position: var at, Heading: var heading } ? new(at.X, at.Y, at.Z, heading) : null;

    public Pose ToPose() => new(new Position(X, Y, Z), Heading);
}

/// <param name="Owner">Who owned the character once it was written: nobody else has as long as this is the owner.</param>
internal sealed record CommittedWarp(Guid Id, Fence Owner);
