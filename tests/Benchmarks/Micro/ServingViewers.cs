using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces.Maps;
using FrameWriter = MmoOrleans.Gateway.Maps.FrameWriter;

namespace MmoOrleans.Benchmarks.Micro;

/// <summary>
/// A tick at a gateway with 2,000 viewers who all move and see about 20 others each: the replica with its grid and ready-made slices
/// takes the tick in, then every viewer's frame is built. Figures are per entity and per viewer.
/// </summary>
public class ServingViewers
{
    private const int Viewers = 2000;
    private const float RangeMetres = 50;
    private const int SideCentimetres = 88_600;
    private const int StrideCentimetres = 20;

    private readonly Replica _replica = new();
    private readonly Interest _interest = new(RangeMetres);
    private readonly FrameWriter _frame = new();
    private readonly Viewer[] _viewers = [.. Enumerable.Range(0, Viewers).Select(_ => new Viewer())];
    private readonly EntityChange[] _changes = new EntityChange[Viewers];
    private long _tick = 1;

    [GlobalSetup]
    public void Fill()
    {
        var chance = new Random(1);
        for (var at = 0; at < Viewers; at++) _changes[at] = new EntityChange(at + 1, chance.Next(SideCentimetres), 0, chance.Next(SideCentimetres), 0, 1, _tick);
        _replica.Apply(new FeedState(0, _tick, 50, [.. _changes.Select(one => new EntityIdentityChange(one.Entity, EntityType.Player, 0, $"walker{one.Entity}", default, _tick))], [.. _changes], []));
        Write();
    }

    /// <summary>Interest and encoding: per entity that changed.</summary>
    [Benchmark(OperationsPerInvoke = Viewers)]
    public bool TakeTick()
    {
        _tick++;
        for (var at = 0; at < Viewers; at++)
        {
            var change = _changes[at];
            _changes[at] = change with { X = change.X + (_tick % 2 == 0 ? StrideCentimetres : -StrideCentimetres), InputSequence = change.InputSequence + 1, ChangedAt = _tick };
        }

        return _replica.Apply(new FeedState(_tick - 1, _tick, _tick * 50, [], ImmutableCollectionsMarshal.AsImmutableArray(_changes), []));
    }

    /// <summary>The same, and the frames: per viewer.</summary>
    [Benchmark(OperationsPerInvoke = Viewers)]
    public int TakeTickAndBuildFrames()
    {
        TakeTick();
        return Write();
    }

    private int Write()
    {
        var bytes = 0;
        for (var at = 0; at < Viewers; at++)
        {
            if (_viewers[at].Write(_replica, _interest, at + 1, _frame, out _)) bytes += _frame.Finish().Length;
        }

        return bytes;
    }
}
