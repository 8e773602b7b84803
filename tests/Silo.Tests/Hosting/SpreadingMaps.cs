using MmoOrleans.GrainInterfaces;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>Which maps an operator's "spread" moves, and where to.</summary>
public sealed class SpreadingMaps
{
    [Fact]
    public void Two_silos_that_came_to_a_full_one_get_a_third_of_its_maps_each()
    {
        var maps = Enumerable.Range(0, 9).Select(i => Map($"m{i}", "A")).ToList();
        var plan = MapSpread.Plan(maps, ["A", "B", "C"]);
        Assert.Equal([("B", 3), ("C", 3)], plan.CountBy(move => move.To).OrderBy(to => to.Key).Select(to => (to.Key, to.Value)));
    }

    [Fact]
    public void What_is_even_stays() => Assert.Empty(MapSpread.Plan([Map("a", "A", 10), Map("b", "B", 9), Map("c", "B")], ["A", "B"]));

    [Fact]
    public void One_full_map_stays_and_the_others_make_room()
    {
        var plan = MapSpread.Plan([Map("full", "A", 100), Map("a", "A"), Map("b", "A", 3)], ["A", "B"]);
        Assert.Equal([("b", "B"), ("a", "B")], plan.Select(move => (move.Map.Map, move.To)));
    }

    [Fact]
    public void Where_no_map_is_light_enough_one_goes_that_still_makes_the_fullest_silo_emptier()
    {
        var plan = MapSpread.Plan([Map("a", "A", 99), Map("b", "A", 79), Map("c", "B", 59)], ["A", "B"]);
        Assert.Equal([("b", "B")], plan.Select(move => (move.Map.Map, move.To)));
    }

    [Fact]
    public void A_map_on_a_silo_that_takes_none_is_left_alone() => Assert.Empty(MapSpread.Plan([Map("a", "gone", 5), Map("b", "gone")], ["A", "B"]));

    [Fact]
    public void Nowhere_is_nothing_to_spread() => Assert.Empty(MapSpread.Plan([Map("a", "A")], []));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_there_is_no_silo_ends_up_with_more_than_before_and_all_that_move_move_once(int seed)
    {
        var random = new Random(seed);
        string[] silos = ["A", "B", "C", "D"];
        var maps = Enumerable.Range(0, 60).Select(i => Map($"m{i}", silos[random.Next(2)], random.Next(4) == 0 ? random.Next(200) : 0)).ToList();
        var plan = MapSpread.Plan(maps, silos);
        Assert.Equal(plan.Length, plan.DistinctBy(move => move.Map).Count());
        var target = plan.ToDictionary(move => move.Map, move => move.To);
        int Most(Func<PlacedMap, string> silo) => maps.GroupBy(silo).Max(on => on.Sum(map => map.Weight));
        var (before, after) = (Most(map => map.Silo), Most(map => target.GetValueOrDefault(map.Map, map.Silo)));
        Assert.True(after < before, $"{before} before, {after} after");
    }

    private static PlacedMap Map(string name, string silo, int users = 0) => new(new MapId("1", name), silo, users);
}
