using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Spawning;

namespace MmoOrleans.Grains.Tests.Spawning;

public class WantingMaps
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(7);

    private readonly DesiredMaps _desired = new();

    [Fact]
    public void What_is_wanted_is_the_union_of_the_leases()
    {
        _desired.Lease("S1", Ids("A", "B"), Timeout, Noon);
        _desired.Lease("S2", Ids("B", "C"), Timeout, Noon);

        Assert.Equal(["1/A", "1/B", "1/C"], Names());
    }

    [Fact]
    public void A_map_is_started_once_however_often_it_is_leased()
    {
        for (var i = 0; i < 3; i++)
            _desired.Lease("S1", Ids("A"), Timeout, Noon);
        _desired.Lease("S2", Ids("A"), Timeout, Noon);

        Assert.Equal(Timeout, Assert.Single(_desired.TakeDue(10, Noon)).Timeout);
        Assert.Empty(_desired.TakeDue(10, Noon.AddHours(1)));
    }

    [Fact]
    public void No_more_maps_than_asked_for_are_started_at_once()
    {
        _desired.Lease("S1", Ids("A", "B", "C"), Timeout, Noon);

        Assert.Equal(2, _desired.TakeDue(2, Noon).Length);
        Assert.Single(_desired.TakeDue(2, Noon));
    }

    [Fact]
    public void A_silo_that_is_silent_for_10_seconds_wants_nothing()
    {
        _desired.Lease("S1", Ids("A"), Timeout, Noon);
        _desired.Lease("S2", Ids("B"), Timeout, Noon.AddSeconds(1));

        Assert.Empty(_desired.Expire(Noon.AddSeconds(9.9)));
        Assert.Equal(["S1"], _desired.Expire(Noon.AddSeconds(10)));
        Assert.Equal(["1/B"], Names());
    }

    [Fact]
    public void A_silo_that_stops_leaves_what_others_want()
    {
        _desired.Lease("S1", Ids("A", "B"), Timeout, Noon);
        _desired.Lease("S2", Ids("B"), Timeout, Noon);

        _desired.Return("S1", Noon);

        Assert.Equal(["1/B"], Names());
    }

    [Fact]
    public void A_timeout_of_nothing_is_the_default()
    {
        _desired.Lease("S1", Ids("A"), TimeSpan.Zero, Noon);
        Assert.Equal(DesiredMaps.DefaultTimeout, Assert.Single(_desired.TakeDue(1, Noon)).Timeout);
    }

    [Fact]
    public void A_start_that_ends_after_the_map_was_given_up_by_all_changes_nothing()
    {
        _desired.Lease("S1", Ids("A"), Timeout, Noon);
        _desired.TakeDue(1, Noon);
        _desired.Return("S1", Noon);

        Assert.Null(_desired.FindStarting(new MapId("1", "A")));
    }

    [Fact]
    public void A_map_that_is_up_and_wanted_no_more_is_asked_to_retire_after_10_seconds_until_it_has()
    {
        Up("A");
        _desired.Return("S1", Noon);
        var map = Assert.Single(_desired.State());
        Assert.Equal((SpawnStatus.Unwanted, Noon.AddSeconds(10)), (map.Status, map.NextTry));

        Assert.Empty(_desired.TakeUnwanted(9, Noon.AddSeconds(9.9)));
        Assert.Equal(Ids("A"), _desired.TakeUnwanted(9, Noon.AddSeconds(10)));
        Assert.Empty(_desired.TakeUnwanted(9, Noon.AddSeconds(19.9)));
        Assert.Equal(Ids("A"), _desired.TakeUnwanted(9, Noon.AddSeconds(20)));
        Assert.True(_desired.Retired(new MapId("1", "A")));
        Assert.Empty(_desired.State());
    }

    [Fact]
    public void A_map_that_is_wanted_again_is_not_asked_to_retire()
    {
        Up("A");
        _desired.Return("S1", Noon);
        _desired.Lease("S2", Ids("A"), Timeout, Noon.AddSeconds(5));

        Assert.Empty(_desired.TakeUnwanted(9, Noon.AddSeconds(10)));
        Assert.False(_desired.Retired(new MapId("1", "A")));
        Assert.Equal(SpawnStatus.Wanted, Assert.Single(_desired.State()).Status);
    }

    [Fact]
    public void A_map_that_never_came_up_has_nothing_to_retire_from()
    {
        _desired.Lease("S1", Ids("A"), Timeout, Noon);
        _desired.Return("S1", Noon);

        Assert.Empty(_desired.TakeUnwanted(9, Noon.AddHours(1)));
    }

    private void Up(string map)
    {
        _desired.Lease("S1", Ids(map), Timeout, Noon);
        _desired.TakeDue(1, Noon);
        _desired.FindStarting(new MapId("1", map))!.Up(Noon);
    }

    private IEnumerable<string> Names() => _desired.State().Select(map => map.Map);

    private static ImmutableArray<MapId> Ids(params string[] maps) => [.. maps.Select(map => new MapId("1", map))];
}
