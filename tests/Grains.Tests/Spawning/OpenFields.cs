using MmoOrleans.Grains.Maps.Data;

namespace MmoOrleans.Grains.Tests.Spawning;

/// <summary>Any name is an open field of 10 x 10 m.</summary>
internal sealed class OpenFields : IMapSource
{
    public IReadOnlyList<string> Names() => ["Map001", "Map002"];

    public MapLoad Load(string name) =>
        new MapLoad.Loaded(new MapData(name, default, new BlockedGrid(10, 10, (_, _) => false), new MapPoint(5, 5), [], []), []);
}
