using Orleans.Placement;

namespace MmoOrleans.Grains.Tests;

/// <summary>Which grains Orleans must not move by itself, wherever somebody turns on its rebalancing or repartitioning.</summary>
public class MovingGrains
{
    /// <summary>A map that went without having drained would leave its players to a fail-over: it goes when it is told to.</summary>
    private static readonly string[] MovedOnPurposeOnly = ["mmo.map"];

    [Fact]
    public void A_map_is_moved_on_purpose_only() => Assert.Equal(MovedOnPurposeOnly, GrainClasses.All.Where(IsImmovable).Select(GrainClasses.NameOf));

    private static bool IsImmovable(Type grain) =>
        Attribute.GetCustomAttribute(grain, typeof(ImmovableAttribute)) is ImmovableAttribute { Kind: ImmovableKind.Any };
}
