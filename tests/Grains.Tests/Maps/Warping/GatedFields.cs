using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>
/// A home with a gate on each side, two metres from its start, and the fields that they lead to: but for one, which leads to a
/// map that there is not.
/// </summary>
internal sealed class GatedFields : IMapSource
{
    public const string Home = "Home";
    public const string Away = "Away";
    public const string Full = "Full";
    public const string Slow = "Slow";
    public const string Nowhere = "Nowhere";

    /// <summary>Where who comes to a map without a place begins, and where its gates let out.</summary>
    public static readonly MapPoint Start = new(20.5, 20.5);

    public IReadOnlyList<string> Names() => [Away, Full, Home, Slow];

    public MapLoad Load(string name) => Names().Contains(name)
        ? new MapLoad.Loaded(new MapData(name, default, new BlockedGrid(40, 40, (_, _) => false), Start, name == Home ? [.. Gates()] : [], []), [])
        : new MapLoad.Missing($"there is no map {name}");

    /// <summary>The middle of the gate that leads there.</summary>
    public static MapPoint GateTo(string map)
    {
        var area = Gates().Single(gate => gate.DestMap == map).Area;
        return new(area.X + (area.Width / 2), area.Z + (area.Depth / 2));
    }

    private static MapWarp[] Gates() =>
    [
        Gate(Away, 22, 19.5),
        Gate(Full, 17, 19.5),
        Gate(Nowhere, 19.5, 17),
        Gate(Slow, 19.5, 22),
    ];

    private static MapWarp Gate(string to, double x, double z) => new($"to {to}", new MapRectangle(x, z, 2, 2), to, new MapPoint(5.5, 6.5));
}
