// Quoted in docs/map-systems.md from the next line on; a test compares the two.
using System.Buffers.Binary;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Systems;

namespace MyGame;

/// <summary>Chests that the map's author placed. Whoever stands at one and opens it gets ten gold; a minute later it is full again.</summary>
public sealed class Chests : IMapSystem
{
    /// <summary>The kind of the client's message, which has no payload.</summary>
    public const int Open = 1;

    /// <summary>The kind of the answer: how much gold the player has now, as four bytes.</summary>
    public const int Gold = 2;

    private const float Reach = 2;
    private static readonly TimeSpan RefilledAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, DateTimeOffset> _fullFrom = [];
    private readonly List<int> _near = [];

    public void Load(IMapWorld world, ReadOnlyMemory<byte> state)
    {
        foreach (var placed in world.Ground.Objects.Where(placed => placed.Class == "chest"))
        {
            var place = new Position((float)placed.Area.X, 0, (float)placed.Area.Z);
            var chest = world.Spawn(new EntitySpawn(EntityType.Item, TypeId: 1, placed.Name, new Pose(place, 0)));
            if (chest != 0)
                _fullFrom[chest] = world.Now;
        }
    }

    public bool Message(IMapWorld world, int player, int kind, ReadOnlyMemory<byte> payload)
    {
        if (kind != Open)
            return false;
        if (FullOneNear(world, player) is { } chest && Give(world, player, 10))
            _fullFrom[chest] = world.Now + RefilledAfter;
        return true;
    }

    private int? FullOneNear(IMapWorld world, int player)
    {
        if (world.Find(player) is not { } seen)
            return null;
        _near.Clear();
        world.Near(seen.Pose.Position, Reach, _near);
        foreach (var entity in _near)
            if (_fullFrom.TryGetValue(entity, out var from) && from <= world.Now)
                return entity;
        return null;
    }

    private static bool Give(IMapWorld world, int player, int more)
    {
        var data = world.Data(player);
        var gold = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(gold, (data.IsEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(data.Span)) + more);
        return world.SetData(player, gold) && world.Send(player, Gold, gold);
    }
}
