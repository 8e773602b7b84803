namespace MmoOrleans.Chaos.Histories;

/// <summary>
/// A character is on one map at a time. Others see it: in the half second in which it warps on both maps, and a frame that was on its way
/// may add one. Who is seen on two maps in each of several half seconds in a row is there twice.
/// </summary>
public static class OneMap
{
    private const int MostInARow = 4;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(500);

    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history)
    {
        var sightings = history.OfType<Witnessed.Sighted>()
            .SelectMany(sighted => sighted.Others.Select(other => (Who: other, sighted.Map, Slot: (int)(sighted.At / Slot))));
        foreach (var ofOne in sightings.GroupBy(sighting => sighting.Who))
        {
            var twice = ofOne.GroupBy(sighting => sighting.Slot)
                .Where(slot => slot.Select(sighting => sighting.Map).Distinct().Count() > 1)
                .Select(slot => slot.Key).Order().ToList();
            if (LongestRow(twice) is var (row, end) && row > MostInARow)
                yield return $"{ofOne.Key} was seen on two maps for {row * Slot.TotalSeconds:0.0} s, until {((end + 1) * Slot).TotalSeconds:0.0} s: {string.Join(", ", ofOne.Where(one => one.Slot == end).Select(one => one.Map).Distinct())}";
        }
    }

    private static (int Row, int End) LongestRow(List<int> slots)
    {
        var (longest, end, row) = (0, 0, 0);
        for (var i = 0; i < slots.Count; i++)
        {
            row = i > 0 && slots[i] == slots[i - 1] + 1 ? row + 1 : 1;
            if (row > longest)
                (longest, end) = (row, slots[i]);
        }
        return (longest, end);
    }
}
