using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Feed;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Saving;

namespace MmoOrleans.Grains.Maps;

/// <summary>What all rules of one map look at and change. It has no rules of its own.</summary>
internal sealed class Scene(MapId id, MapData ground, MapOptions options)
{
    public MapId Id => id;

    public MapData Ground => ground;

    public MapOptions Options => options;

    public EntityStore Entities { get; } = new();

    public Roster Players { get; } = new();

    public SeatBook Seats { get; } = new(options);

    public GatewayFeeds Feeds { get; } = new(options);

    public SaveQueue Saves { get; } = new();

    public CarriedEntries Carried { get; } = new();

    public EntityIds Ids { get; set; } = new(0);

    /// <summary>None until the map has claimed its incarnation.</summary>
    public Fence Fence { get; set; }

    /// <summary>The tick in the making: all changes carry it, and the next frame is the state of it.</summary>
    public long Tick { get; set; } = 1;

    /// <summary>The time of the call or step that is being worked on.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Right before the step that is being made, the map stood still for so long: it was late.</summary>
    public TimeSpan Missed { get; set; }

    public MapRules Rules { get; } = new(options.TickRate, options.VisibleRangeMeters, options.MaxSpeedMetersPerSecond);

    public MapShape Shape { get; } = ShapeOf(ground);

    public int NextEntity() => Ids.Next(entity => Entities.IsUsed(entity) || Players.FindEntity(entity) is not null);

    /// <summary>The nearest place to a pose where somebody can stand; without a pose, the map's start.</summary>
    public Spot Standing(Pose? pose) =>
        pose is { } wanted && Spot.TryOf(wanted.Position, out var spot)
            ? Spot.Of(ground.NearestFree(spot.Ground), spot.Y)
            : Spot.Of(ground.Start, 0);

    /// <summary>Puts a player somewhere, seen or not yet.</summary>
    public void Place(Player player, Spot spot, byte heading)
    {
        (player.Spot, player.Heading) = (spot, heading);
        Entities.Place(player.Entity, spot, heading, player.Walker.Applied, Tick);
    }

    /// <summary>The player's entity as others see it from this tick on.</summary>
    public void Show(Player player)
    {
        var (spot, entity) = (player.Spot, player.Entity);
        Entities.Add(
            new EntityChange(entity, spot.X, spot.Y, spot.Z, player.Heading, player.Walker.Applied, Tick),
            new EntityIdentityChange(entity, EntityType.Player, 0, player.Name, player.Appearance, Tick));
        player.IsVisible = true;
    }

    /// <summary>What there is to save of a player now.</summary>
    public CharacterImage ImageOf(Player player) =>
        new(player.Character, new Stamp(player.Owner, Fence, Tick), id, player.Pose, player.Data, player.MutedUntil, player.IsUnconfirmed);

    public void Tell(Player player, Happening what) => Feeds.Tell(player, what);

    private static MapShape ShapeOf(MapData ground) =>
        new((float)ground.Origin.X, (float)ground.Origin.Z, ground.Width, ground.Height, [.. ground.Warps.Select(AreaOf)]);

    private static WarpArea AreaOf(MapWarp warp) =>
        new(warp.Name, warp.DestMap, (float)warp.Area.X, (float)warp.Area.Z, (float)warp.Area.Width, (float)warp.Area.Depth);
}
