using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps.Systems;

/// <summary>What a map's systems may do, on the scene they do it to.</summary>
internal sealed class MapWorld(Scene scene, Errands errands, ILogger log) : IMapWorld
{
    public const int MostDataBytes = 16 * 1024;
    private const int MostPropertyBytes = 256;

    private Warps _warps = null!;
    private MovementSystem _movement = null!;

    public MapId Map => scene.Id;

    public MapData Ground => scene.Ground;

    public long Tick => scene.Tick;

    public DateTimeOffset Now => scene.Now;

    public void Use(Warps warps, MovementSystem movement) => (_warps, _movement) = (warps, movement);

    public int Spawn(EntitySpawn spawn)
    {
        if (scene.Entities.Count >= scene.Options.MaxEntities || spawn.Kind == EntityType.Player
            || spawn.Properties.Length > MostPropertyBytes || !Spot.TryOf(spawn.Pose.Position, out var spot))
            return 0;
        var entity = scene.NextEntity();
        scene.Entities.Add(
            new EntityChange(entity, spot.X, spot.Y, spot.Z, spawn.Pose.Heading, 0, Tick),
            new EntityIdentityChange(entity, spawn.Kind, spawn.TypeId, spawn.Name, spawn.Properties, Tick));
        return entity;
    }

    public bool Despawn(int entity) => scene.Players.FindEntity(entity) is null && scene.Entities.Remove(entity, Tick);

    public bool Move(int entity, Pose pose)
    {
        if (!Spot.TryOf(pose.Position, out var spot) || !scene.Entities.Contains(entity))
            return false;
        if (scene.Players.FindEntity(entity) is { } player)
            _movement.Relocate(player, scene.Standing(pose), pose.Heading);
        else
            scene.Entities.Place(entity, spot, pose.Heading, 0, Tick);
        return true;
    }

    public bool Change(int entity, ReadOnlyMemory<byte> properties) =>
        properties.Length <= MostPropertyBytes && scene.Entities.ChangeProperties(entity, properties, Tick);

    public EntityView? Find(int entity)
    {
        if (!scene.Entities.TryFind(entity, out var moving, out var identity))
            return null;
        var pose = new Pose(PlaceOf(moving).Meters, moving.Heading);
        return new(entity, identity.Kind, identity.TypeId, identity.Name, pose, identity.Properties);
    }

    public void Near(Position center, float meters, ICollection<int> found)
    {
        foreach (var moving in scene.Entities.All)
            if (PlaceOf(moving).Meters.GroundDistanceTo(center) <= meters)
                found.Add(moving.Entity);
    }

    public bool Send(int player, int kind, ReadOnlyMemory<byte> payload)
    {
        if (scene.Players.FindEntity(player) is not { State: PlayerState.Present } here || payload.Length > WireLimits.GamePayloadBytes)
            return false;
        scene.Tell(here, new GameSent(kind, payload));
        return true;
    }

    public void SendNear(Position center, float meters, int kind, ReadOnlyMemory<byte> payload) =>
        SendTo(player => player.Pose.Position.GroundDistanceTo(center) <= meters, kind, payload);

    public void SendAll(int kind, ReadOnlyMemory<byte> payload) => SendTo(_ => true, kind, payload);

    public ReadOnlyMemory<byte> Data(int player) => scene.Players.FindEntity(player)?.Data ?? default;

    public bool SetData(int player, ReadOnlyMemory<byte> data)
    {
        if (scene.Players.FindEntity(player) is not { IsUnconfirmed: false, Warp: null } here || data.Length > MostDataBytes)
            return false;
        here.Data = data;
        scene.Saves.Put(scene.ImageOf(here));
        return true;
    }

    public bool Warp(int player, string map, Position arrival) =>
        scene.Players.FindEntity(player) is { Plays: true } here && arrival.IsFinite && _warps.Start(here, map, arrival);

    public bool Ask<T>(Func<CancellationToken, Task<T>> work, Action<T> then) => errands.Add(async stopping =>
    {
        try
        {
            var result = await work(stopping);
            return () => then(result);
        }
        catch (Exception fault)
        {
            return () => MapLog.ErrandFailed(log, fault, Map);
        }
    });

    private static Spot PlaceOf(EntityChange moving) => new(moving.X, moving.Y, moving.Z);

    private void SendTo(Func<Player, bool> whom, int kind, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length <= WireLimits.GamePayloadBytes)
            scene.Feeds.Tell(scene.Players.All.Where(player => player.State == PlayerState.Present && whom(player)).ToList(), new GameSent(kind, payload));
    }
}
