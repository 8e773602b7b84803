using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Benchmarks.Micro;

/// <summary>A map in which everybody moves in every step: a batch of inputs in, the step, and the frame for the one gateway, which acknowledges it.</summary>
public class MapSteps : IOtherMaps, IMapFeedObserver
{
    private const int SideMetres = 1000;
    private const int StrideCentimetres = 20;

    private static readonly MapId Id = new("1", "Open");
    private static readonly Fence Owner = new(1, 1);

    private readonly GatewayId _gateway = GatewayId.New();
    private readonly MapOptions _options = new();
    private Map _map = null!;
    private PlayerInput[] _inputs = [];
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private long _batch;
    private long _tick;

    [Params(200, 2000)]
    public int Movers { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var ground = new MapData(Id.Map, default, new BlockedGrid(SideMetres, SideMetres, (_, _) => false), new MapPoint(0.5, 0.5), [], ImmutableArray<MapObject>.Empty);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _map = new Map(Id, ground, _options, [], this, NullLogger.Instance, new MapMetrics(meters));
        _map.Claimed(new MapClaim(1, MapCheckpoint.Empty));
        _map.Join(new FeedJoin(_gateway, this, default, []), _now);
        var chance = new Random(1);
        _inputs = [.. Enumerable.Range(1, Movers).Select(number => Enter(number, chance))];
    }

    [Benchmark]
    public int Step()
    {
        _now += _options.Step;
        Move();
        _map.Push(new InputBatch(_gateway, _map.Fence, ++_batch, _tick, 0, ImmutableCollectionsMarshal.AsImmutableArray(_inputs)), _now);
        _map.Step(_now);
        var frames = _map.Frames(_now);
        foreach (var (_, frame) in frames) _tick = frame.To;
        return frames.Count;
    }

    bool IOtherMaps.Exists(string map) => false;

    MapAddress? IOtherMaps.AddressOf(MapId map) => null;

    Task IMapFeedObserver.OnFrame(FeedFrame frame) => Task.CompletedTask;

    private PlayerInput Enter(int number, Random chance)
    {
        var character = CharacterId.New();
        var pose = new Pose(new Position(1 + chance.NextSingle() * (SideMetres - 2), 0, 1 + chance.NextSingle() * (SideMetres - 2)), 0);
        var image = new CharacterImage(character, default, Id, pose, default, default);
        // A step lets in a bounded number; no time passes here.
        _map.Step(_now);
        var admission = new Admission(character, AccountId.New(), $"walker{number}", default, Owner, Id, image, default, default);
        if (_map.Enter(new MapEntry(admission, new ConnectionId(_gateway, number), []), _now) is not Granted<MapWelcome> entered) throw new InvalidOperationException("A walker was not let in.");
        _map.Ready(character, Owner, _now);
        return new PlayerInput(entered.Value.Entity, 0, (int)(pose.Position.X * 100), 0, (int)(pose.Position.Z * 100), 0, Owner);
    }

    // Back and forth: every step is allowed, and no two are alike.
    private void Move()
    {
        for (var at = 0; at < _inputs.Length; at++)
        {
            var input = _inputs[at];
            _inputs[at] = input with { Sequence = input.Sequence + 1, X = input.X + (input.Sequence % 2 == 0 ? StrideCentimetres : -StrideCentimetres) };
        }
    }
}
