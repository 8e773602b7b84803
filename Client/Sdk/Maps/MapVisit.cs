using System.Numerics;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Maps;

/// <summary>A map that was entered: what the server said at the door.</summary>
public sealed record MapVisit
{
    /// <summary>The own character in frames; a map that moves to another server numbers anew, so ask <see cref="World.Own"/>.</summary>
    public uint EntityId { get; init; }

    /// <summary>The own character's name.</summary>
    public string CharacterName { get; init; } = "";

    /// <summary>The map's name.</summary>
    public string Map { get; init; } = "";

    /// <summary>The channel.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>Empty: the shared map.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Where the character appears.</summary>
    public Pose Start { get; init; }

    /// <summary>Faster moves are corrected.</summary>
    public float MaxSpeedMetresPerSecond { get; init; }

    /// <summary>Frames per second at most.</summary>
    public uint TickRate { get; init; }

    /// <summary>How far one sees.</summary>
    public float VisibleRangeMetres { get; init; }

    /// <summary>How long the character waits on the map after a lost connection.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The map's corner (smallest x and z), in metres.</summary>
    public Vector3 Origin { get; init; }

    /// <summary>The map's size along x and z, in metres.</summary>
    public Vector3 Size { get; init; }

    /// <summary>The places that lead elsewhere.</summary>
    public IReadOnlyList<WarpPlace> Warps { get; init; } = [];

    internal static MapVisit Of(EnterAccepted accepted) => new()
    {
        EntityId = accepted.EntityId,
        CharacterName = accepted.CharacterName,
        Map = accepted.Map,
        ChannelId = accepted.ChannelId,
        Instance = accepted.Instance,
        Start = new Pose(Units.ToMetres(accepted.XCm, accepted.YCm, accepted.ZCm), Units.ToDegrees(accepted.Heading)),
        MaxSpeedMetresPerSecond = accepted.MaxSpeed,
        TickRate = accepted.TickRate,
        VisibleRangeMetres = accepted.VisibleRange,
        Grace = TimeSpan.FromMilliseconds(accepted.GraceMs),
        Origin = Units.ToMetres(accepted.OriginXCm, 0, accepted.OriginZCm),
        Size = new Vector3(accepted.WidthCm / 100f, 0, accepted.LengthCm / 100f),
        Warps = [.. accepted.Warps.Select(WarpPlace.Of)],
    };
}

/// <summary>A rectangle that takes who walks into it somewhere else.</summary>
/// <param name="Name">As the map calls it.</param>
/// <param name="ToMap">Where it leads.</param>
/// <param name="Corner">Smallest x and z, in metres.</param>
/// <param name="Size">Along x and z, in metres.</param>
public sealed record WarpPlace(string Name, string ToMap, Vector3 Corner, Vector3 Size)
{
    internal static WarpPlace Of(MapWarp wire) =>
        new(wire.Name, wire.ToMap, Units.ToMetres(wire.XCm, 0, wire.ZCm), new Vector3(wire.WidthCm / 100f, 0, wire.LengthCm / 100f));
}
