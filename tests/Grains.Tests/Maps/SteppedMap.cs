using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>A map without Orleans, stepped by hand, with gateways that acknowledge what they get.</summary>
internal sealed class SteppedMap : IOtherMaps
{
    public static readonly MapId Id = new("1", "Map001");
    public static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(50);

    private readonly List<SteppedGateway> _gateways = [];
    private readonly Dictionary<int, uint> _sequences = [];

    public SteppedMap(MapData? ground = null, Action<MapOptions>? configure = null, bool claimed = true, params IMapSystem[] systems)
    {
        configure?.Invoke(Options);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Map = new Map(Id, ground ?? Field(), Options, systems, this, NullLogger.Instance, new MapMetrics(meters));
        if (claimed)
            Map.Claimed(new MapClaim(1, MapCheckpoint.Empty));
    }

    public MapOptions Options { get; } = new();

    public Map Map { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Open ground of 100 x 100 m whose start is its first tile, with warps.</summary>
    public static MapData Field(params MapWarp[] warps) =>
        new(Id.Map, default, new BlockedGrid(100, 100, (_, _) => false), new MapPoint(0.5, 0.5), [.. warps], ImmutableArray<MapObject>.Empty);

    public bool Exists(string map) => map != "Nowhere";

    public MapAddress? AddressOf(MapId map) => map.Map == "Map002" ? Learned : null;

    public static readonly MapAddress Learned = new([new(EndpointTransport.Tcp, "learned", 7000, false)]);

    public SteppedGateway Join(params RosterEntry[] roster) => Join(new SteppedGateway(), roster);

    public SteppedGateway Join(SteppedGateway gateway, params RosterEntry[] roster)
    {
        var joined = Map.Join(new FeedJoin(gateway.Id, gateway, gateway.Map, [.. roster]), Now);
        Assert.Equal(FeedStatus.Joined, joined.Answer);
        gateway.Joined(joined);
        if (!_gateways.Contains(gateway))
            _gateways.Add(gateway);
        return gateway;
    }

    public static Admission Admission(string name, Pose? pose = null, Fence? owner = null, CharacterId? character = null, MapId? map = null)
    {
        var id = character ?? CharacterId.New();
        var image = new CharacterImage(id, default, map ?? Id, pose, default, default);
        return new(id, AccountId.New(), name, default, owner ?? new Fence(1, 1), Id, image, default, default);
    }

    public Answer<MapWelcome> Enter(SteppedGateway gateway, Admission admission, long connection = 1, ChatHeard? heard = null) =>
        Map.Enter(new MapEntry(admission, new ConnectionId(gateway.Id, connection), heard is { } at ? [at] : []), Now);

    /// <summary>Enters and is ready: the entity.</summary>
    public int Spawn(SteppedGateway gateway, Admission admission, long connection = 1, ChatHeard? heard = null)
    {
        var welcome = Assert.IsType<Granted<MapWelcome>>(Enter(gateway, admission, connection, heard)).Value;
        Assert.IsType<Granted<long>>(Map.Ready(admission.Character, admission.Owner, Now));
        return welcome.Entity;
    }

    public int Spawn(SteppedGateway gateway, float x, float z, string name = "Ann") => Spawn(gateway, Admission(name, At(x, z)));

    public static Pose At(float x, float z) => new(new Position(x, 0, z), 0);

    /// <summary>Claims a place for an entity; returns the claim's sequence.</summary>
    public uint Claim(SteppedGateway gateway, int entity, double x, double z, Fence? owner = null, double y = 0)
    {
        var sequence = _sequences[entity] = _sequences.GetValueOrDefault(entity) + 1;
        var input = new PlayerInput(entity, sequence, (int)Math.Round(x * 100), (int)Math.Round(y * 100), (int)Math.Round(z * 100), 7, owner ?? new Fence(1, 1));
        Map.Push(gateway.Batch(input), Now);
        return sequence;
    }

    public void Step(int steps = 1) => Step(steps, skipped: 0);

    /// <summary>One step, and before it so many that the map was too late for.</summary>
    public void StepLate(int skipped) => Step(1, skipped);

    public void Step(TimeSpan time) => Step((int)(time / StepTime));

    /// <summary>Applies what was posted, in a step.</summary>
    public void Post(Action result)
    {
        Map.Post(result);
        Map.ApplyPosted(Now);
    }

    private void Step(int steps, int skipped)
    {
        for (var i = 0; i < steps; i++)
        {
            Now += StepTime * (1 + skipped);
            Map.Step(Now, skipped);
            foreach (var (observer, frame) in Map.Frames(Now))
                observer.OnFrame(frame);
            foreach (var gateway in _gateways.Where(gateway => !gateway.IsSilent))
                Map.Push(gateway.Batch(), Now);
        }
    }
}
