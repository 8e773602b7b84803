using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>Frames as a map would send them.</summary>
public static class Frames
{
    public static readonly Fence Map = new(1, 1);

    public static EntityChange At(int entity, int x, int z, long changedAt, uint input = 0) => new(entity, x, 0, z, 0, input, changedAt);

    public static EntityIdentityChange Named(int entity, long changedAt, string? name = null) =>
        new(entity, EntityType.Player, 0, name ?? $"n{entity}", new byte[] { 9 }, changedAt);

    /// <summary>A state in which every changed entity is new.</summary>
    public static FeedState Arrivals(long from, long to, params EntityChange[] changed) =>
        new(from, to, to * 50, [.. changed.Select(change => Named(change.Entity, change.ChangedAt))], [.. changed], []);

    public static FeedState Changes(long from, long to, params EntityChange[] changed) => new(from, to, to * 50, [], [.. changed], []);

    public static FeedState Leaves(long from, long to, params int[] left) => new(from, to, to * 50, [], [], [.. left]);

    public static FeedFrame With(this FeedState state, params FeedEvent[] events) => new(Map, state, [.. events]);

    public static FeedEvent Event(long number, Happening what, params int[] recipients) => new(number, [.. recipients], what);
}
