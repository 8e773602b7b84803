using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>What a client knows of its map from the frames it got.</summary>
public sealed class ClientView
{
    private readonly SortedDictionary<uint, (int XCm, int ZCm)> _entities = [];

    public ulong Tick { get; private set; }

    /// <summary>How many frames it was made of.</summary>
    public int Frames { get; private set; }

    /// <summary>All of it, to compare with another's.</summary>
    public string Everything => string.Join(" ", _entities.Select(one => $"{one.Key}@{one.Value.XCm},{one.Value.ZCm}"));

    /// <summary>Takes a frame in. One that changes what never entered is a fault of the gateway.</summary>
    public void Apply(MapFrame frame)
    {
        Assert.True(frame.Tick > Tick, $"tick {frame.Tick} after {Tick}");
        (Tick, Frames) = (frame.Tick, Frames + 1);
        foreach (var entity in frame.Entities)
        {
            Assert.True(entity.Identity is not null || _entities.ContainsKey(entity.Id), $"entity {entity.Id} changes and was never introduced");
            _entities[entity.Id] = (entity.XCm, entity.ZCm);
        }
        foreach (var id in frame.Left)
            Assert.True(_entities.Remove(id), $"entity {id} left and was never there");
    }
}
