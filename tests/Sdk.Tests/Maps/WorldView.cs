using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.Sdk.Tests.Maps;

public class WorldView
{
    [Fact]
    public void Who_comes_into_view_is_announced_once()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(Player(8, "Ada", 100, 200));
        story.Gateway.Frame(Moved(8, 150, 200));
        story.Settle();
        Assert.Equal(["entered Ada"], story.Events);
        var ada = story.Client.World.FindPlayer("ada")!;
        Assert.Equal((8u, EntityKind.Player), (ada.Id, ada.Kind));
    }

    [Fact]
    public void Who_leaves_view_is_announced_once()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(Player(8, "Ada", 100, 200));
        story.Gateway.Frame(0, [], 8, 8, 99);
        story.Settle();
        Assert.Equal(["entered Ada", "left Ada"], story.Events);
        Assert.Null(story.Client.World.Find(8));
    }

    [Fact]
    public void The_own_character_is_in_view_but_not_announced_and_stays()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(0, [Player(7, "Barone", 9999, 9999)], 7);
        story.Settle();
        Assert.Empty(story.Events);
        Assert.Equal(new Vector3(12.5f, 0, 3.5f), story.Client.World.Own!.Position);
    }

    [Fact]
    public void The_own_character_is_known_again_after_its_map_has_moved()
    {
        using var story = Story.OnMap();
        story.Client.Move(new Vector3(13, 0, 3.5f), 0);
        story.Gateway.Frame(0, [Player(1 << 20, "Barone", 1300, 350)], 7);
        story.Settle();
        Assert.Empty(story.Events);
        Assert.Equal((1u << 20, 13f), (story.Client.World.Own!.Id, story.Client.World.Own.Position.X));
        Assert.Single(story.Client.World.Entities);
    }

    [Fact]
    public void Who_is_known_by_number_only_is_announced_with_the_name()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(Moved(8, 1, 1));
        story.Settle();
        Assert.Empty(story.Events);
        story.Gateway.Frame(Player(8, "Ada", 1, 1));
        story.Settle();
        Assert.Equal(["entered Ada"], story.Events);
    }

    [Fact]
    public void Others_move_smoothly_a_tenth_of_a_second_late()
    {
        using var story = Story.OnMap();
        for (var at = 0; at <= 10; at++)
        {
            story.Gateway.Frame(at == 0 ? Player(8, "Ada", 0, 0) : Moved(8, at * 30, 0));
            story.Settle();
            if (at < 10) story.Pass(0.05);
        }

        var drawn = story.Client.World.PoseOf(story.Client.World.Find(8)!).Position.X;
        Assert.Equal(2.4f, drawn, 0.001f);
        story.Pass(0.05);
        Assert.Equal(2.7f, story.Client.World.PoseOf(story.Client.World.Find(8)!).Position.X, 0.001f);
        story.Pass(1);
        Assert.Equal(3f, story.Client.World.PoseOf(story.Client.World.Find(8)!).Position.X, 0.001f);
    }

    [Fact]
    public void One_who_stood_for_long_does_not_creep_to_the_next_step()
    {
        using var story = Story.OnMap();
        story.Gateway.Frame(Player(8, "Ada", 0, 0));
        story.Pass(10);
        story.Gateway.Frame(Moved(8, 30, 0));
        story.Settle();
        Assert.Equal(0f, story.Client.World.PoseOf(story.Client.World.Find(8)!).Position.X, 0.001f);
    }

    [Fact]
    public void Headings_turn_the_shorter_way()
    {
        var between = Sdk.Maps.Pose.Between(new(default, 350), new(default, 10), 0.75f);
        Assert.Equal(5f, between.HeadingDegrees, 0.001f);
    }

    [Theory]
    [InlineData(0f, 1f, 0f, 0u)]
    [InlineData(1f, 0f, 90f, 64u)]
    [InlineData(0f, -1f, 180f, 128u)]
    [InlineData(-1f, 0f, 270f, 192u)]
    public void Headings_look_along_z_and_grow_towards_x(float x, float z, float degrees, uint heading)
    {
        Assert.Equal(degrees, Sdk.Maps.Units.DegreesAlong(new Vector3(x, 0, z)), 0.001f);
        Assert.Equal(heading, Sdk.Maps.Units.ToHeading(degrees));
        Assert.Equal(degrees, Sdk.Maps.Units.ToDegrees(heading));
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 1_000_000_000)]
    [InlineData(-1.239f, -124)]
    public void Metres_that_make_no_sense_stay_within_the_wire(float metres, int centimetres) =>
        Assert.Equal(centimetres, Sdk.Maps.Units.ToCentimetres(metres));

    internal static EntityState Player(uint id, string name, int xCm, int zCm) =>
        new() { Id = id, XCm = xCm, ZCm = zCm, Identity = new EntityIdentity { Kind = EntityKind.Player, Name = name } };

    internal static EntityState Moved(uint id, int xCm, int zCm) => new() { Id = id, XCm = xCm, ZCm = zCm };
}
