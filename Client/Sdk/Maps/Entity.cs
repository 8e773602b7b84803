using System.Numerics;
using Google.Protobuf;
using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Maps;

/// <summary>Something on the map that is in view: a player, a creature, an item.</summary>
public sealed class Entity
{
    private readonly PoseTrack _track = new();

    internal Entity(uint id) => Id = id;

    /// <summary>Unique on the map while it lives there.</summary>
    public uint Id { get; }

    /// <summary>Player, creature, item, other.</summary>
    public EntityKind Kind { get; private set; }

    /// <summary>The game's own type.</summary>
    public uint TypeId { get; private set; }

    /// <summary>The character's name, or what the map calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Opaque bytes of the game; a player's begin as the character's appearance.</summary>
    public ByteString Properties { get; private set; } = ByteString.Empty;

    /// <summary>The last pose that the server told (of the own entity: the last that the client said or was told).</summary>
    public Pose Pose => _track.Latest;

    /// <summary>Short for the pose's position, in metres.</summary>
    public Vector3 Position => _track.Latest.Position;

    internal bool IsIntroduced { get; private set; }

    /// <summary>Where it was at this time of the server's clock; for drawing, see <see cref="World.PoseOf"/>.</summary>
    public Pose PoseAt(TimeSpan serverTime) => _track.At(serverTime);

    internal void Introduce(EntityIdentity identity)
    {
        IsIntroduced = true;
        (Kind, TypeId, Name, Properties) = (identity.Kind, identity.TypeId, identity.Name, identity.Properties);
    }

    internal void Move(TimeSpan at, Pose pose, TimeSpan frameInterval) => _track.Add(at, pose, frameInterval);

    internal void Place(TimeSpan at, Pose pose) => _track.Jump(at, pose);
}
