using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>Something to put on a map.</summary>
/// <param name="Kind">Anything but a player.</param>
/// <param name="TypeId">The game's own.</param>
/// <param name="Properties">Opaque, sent to everyone who sees it; at most 256 bytes.</param>
public sealed record EntitySpawn(EntityType Kind, int TypeId, string Name, Pose Pose, ReadOnlyMemory<byte> Properties = default);

/// <summary>What stands on a map.</summary>
public sealed record EntityView(int Entity, EntityType Kind, int TypeId, string Name, Pose Pose, ReadOnlyMemory<byte> Properties);

/// <summary>
/// The map, for its systems: to be used inside of the system's methods only. Entities are named by their id; what is asked of one
/// that is not there is answered false, null or empty.
/// </summary>
public interface IMapWorld
{
    MapId Map { get; }

    /// <summary>The ground, its warps and the objects that its author placed.</summary>
    MapData Ground { get; }

    /// <summary>Steps since the map started.</summary>
    long Tick { get; }

    /// <summary>The time of this step.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Puts an entity on the map. 0: the map has <see cref="MapOptions.MaxEntities"/>, or the spawn breaks a rule of <see cref="EntitySpawn"/>.</summary>
    int Spawn(EntitySpawn spawn);

    /// <summary>Takes away what was spawned. Players cannot be despawned.</summary>
    bool Despawn(int entity);

    /// <summary>Puts an entity somewhere; a player's client is told that it was moved. False for a place that is not finite.</summary>
    bool Move(int entity, Pose pose);

    /// <summary>Changes an entity's properties: at most 256 bytes.</summary>
    bool Change(int entity, ReadOnlyMemory<byte> properties);

    EntityView? Find(int entity);

    /// <summary>Adds the entities within a distance over the ground. Looks at all entities: fine for some hundred calls a step.</summary>
    void Near(Position center, float meters, ICollection<int> found);

    /// <summary>Sends a message of the game's own to one player, at most 4096 bytes. False when it is not here.</summary>
    bool Send(int player, int kind, ReadOnlyMemory<byte> payload);

    /// <summary>Sends to all players within a distance over the ground.</summary>
    void SendNear(Position center, float meters, int kind, ReadOnlyMemory<byte> payload);

    /// <summary>Sends to all players of the map.</summary>
    void SendAll(int kind, ReadOnlyMemory<byte> payload);

    /// <summary>The game's own data of a character; empty while the map does not know it (right after a fail-over).</summary>
    ReadOnlyMemory<byte> Data(int player);

    /// <summary>
    /// Changes that data, and saves it with the character at once. False: over 16 KiB, not known yet, or of a player on its way to
    /// another map, which takes along what was known when it set out.
    /// </summary>
    bool SetData(int player, ReadOnlyMemory<byte> data);

    /// <summary>Sends a player to a place, on this map or another one of the same channel. False: it is on its way already, or not playing.</summary>
    bool Warp(int player, string map, Position arrival);

    /// <summary>
    /// Starts slow work outside of the step; <paramref name="then"/> runs in a later step with its result. If the work fails or
    /// takes longer than 30 s, that is logged and <paramref name="then"/> never runs. False: 256 such works are under way.
    /// </summary>
    bool Ask<T>(Func<CancellationToken, Task<T>> work, Action<T> then);
}
