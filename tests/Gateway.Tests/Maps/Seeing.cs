using CsCheck;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;
using FrameWriter = MmoOrleans.Gateway.Maps.FrameWriter;

namespace MmoOrleans.Gateway.Tests.Maps;

/// <summary>What one client is told of a map, frame by frame. Own is the viewer's entity, at the origin unless it says otherwise.</summary>
public class Seeing
{
    private const int Own = 1;
    private readonly Replica _replica = new();
    private readonly Interest _interest = new(80);
    private readonly Viewer _viewer = new();
    private readonly FrameWriter _writer = new();

    [Fact]
    public void Who_comes_into_range_is_told_whole_and_once()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 8_000, 0, 1), Frames.At(3, 8_001, 0, 1)));

        var first = Frame()!;
        var second = Frame();

        Assert.Equal([1u, 2u], first.Entities.Select(entity => entity.Id).Order());
        Assert.Equal("n2", first.Entities.Single(entity => entity.Id == 2).Identity.Name);
        Assert.Null(second);
    }

    [Fact]
    public void A_change_in_view_is_told_without_the_identity()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 100, 0, 1)));
        Frame();
        _replica.Apply(Frames.Changes(1, 2, Frames.At(2, 150, -30, 2)));

        var state = Assert.Single(Frame()!.Entities);

        Assert.Equal((2u, 150, -30), (state.Id, state.XCm, state.ZCm));
        Assert.Null(state.Identity);
    }

    [Fact]
    public void A_changed_identity_is_told_whole()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 100, 0, 1)));
        Frame();
        _replica.Apply(Frames.Changes(1, 2) with { Identities = [Frames.Named(2, 2, "renamed")] });

        Assert.Equal("renamed", Assert.Single(Frame()!.Entities).Identity.Name);
    }

    [Fact]
    public void Who_walks_along_the_edge_does_not_flicker()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 7_999, 0, 1)));
        Frame();

        _replica.Apply(Frames.Changes(1, 2, Frames.At(2, 8_799, 0, 2)));
        Assert.Empty(Frame()!.Left);
        _replica.Apply(Frames.Changes(2, 3, Frames.At(2, 8_801, 0, 3)));
        Assert.Equal([2u], Frame()!.Left);
        _replica.Apply(Frames.Changes(3, 4, Frames.At(2, 8_799, 0, 4)));
        Assert.Null(Frame());
    }

    [Fact]
    public void Who_leaves_the_map_leaves_view()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 0, 0, 1)));
        Frame();
        _replica.Apply(Frames.Leaves(1, 2, 2));

        Assert.Equal([2u], Frame()!.Left);
    }

    [Fact]
    public void Who_left_and_came_back_while_the_viewer_was_skipped_is_told_whole_and_not_as_gone()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1), Frames.At(2, 0, 0, 1), Frames.At(3, 0, 0, 1)));
        Frame();
        _replica.Apply(Frames.Leaves(1, 2, 2, 3));
        _replica.Apply(Frames.Arrivals(2, 3, Frames.At(2, 50, 0, 3)));

        var frame = Frame()!;

        Assert.Equal(2u, Assert.Single(frame.Entities).Id);
        Assert.Equal([3u], frame.Left);
    }

    [Fact]
    public void The_newest_input_in_the_state_is_acknowledged_also_when_nothing_else_changed()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(Own, 0, 0, 1, input: 4)));
        Assert.Equal(4u, Frame()!.AcknowledgedInput);
        Assert.Null(Frame());

        _replica.Apply(Frames.Changes(1, 2, Frames.At(Own, 0, 0, 1, input: 5)));

        var frame = Frame()!;
        Assert.Equal((5u, 0, 2UL, 100UL), (frame.AcknowledgedInput, frame.Entities.Count, frame.Tick, frame.ServerTimeMs));
    }

    [Fact]
    public void Nothing_is_told_before_the_own_entity_is_on_the_map()
    {
        _replica.Apply(Frames.Arrivals(0, 1, Frames.At(2, 0, 0, 1)));

        Assert.Null(Frame());
    }

    [Fact]
    public void After_joining_again_everything_is_told_anew_and_what_is_not_there_any_more_has_left()
    {
        _replica.Apply(Frames.Arrivals(0, 50, Frames.At(Own, 0, 0, 1), Frames.At(2, 0, 0, 1), Frames.At(3, 0, 0, 1)));
        Frame();
        _viewer.Reset();
        _replica.Clear();

        _replica.Apply(Frames.Arrivals(0, 2, Frames.At(Own, 0, 0, 1), Frames.At(3, 0, 0, 1), Frames.At(7, 0, 0, 1)));
        var frame = Frame()!;

        Assert.Equal([1u, 3u, 7u], frame.Entities.Select(entity => entity.Id).Order());
        Assert.All(frame.Entities, entity => Assert.NotNull(entity.Identity));
        Assert.Equal([2u], frame.Left);
    }

    [Fact]
    public void A_crowd_enters_over_several_frames_of_bounded_size()
    {
        var crowd = Enumerable.Range(1, 20_000).Select(entity => Frames.At(entity, entity % 100, 0, 1)).ToArray();
        _replica.Apply(Frames.Arrivals(0, 1, crowd));
        var seen = new HashSet<uint>();

        while (Frame() is { } frame)
        {
            Assert.InRange(frame.CalculateSize(), 1, Viewer.FullFrameBytes + 1024);
            seen.UnionWith(frame.Entities.Select(entity => entity.Id));
        }

        Assert.Equal(20_000, seen.Count);
    }

    /// <summary>
    /// Whatever happens on the map and however often the client is skipped: when it gets a frame, it then knows exactly what a
    /// naive look at the map with the same hysteresis would show it, state and identity.
    /// </summary>
    [Fact]
    public void A_client_always_knows_what_a_naive_look_at_the_map_shows() =>
        Gen.Select(Story.Steps, Gen.Bool.Array[200]).Sample((steps, skips) => new Story().Tell(steps, skips), iter: 300, threads: 1);

    private MapFrame? Frame() => Read(_viewer.Write(_replica, _interest, Own, _writer, out _), _writer);

    private static MapFrame? Read(bool isNews, FrameWriter writer)
    {
        if (!isNews)
            return null;
        var bytes = writer.Finish();
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref bytes, FrameLimits.ServerToClientBytes, out var frame));
        Assert.Equal(0, bytes.Length);
        Assert.Equal(ParseStatus.Parsed, ServerMessages.TryParse(frame.ToArray(), out var message));
        return message.Frame;
    }

    /// <summary>A map of a few entities with a client, its view, and the naive view beside it.</summary>
    private sealed class Story
    {
        private readonly Replica _replica = new();
        private readonly Interest _interest = new(80);
        private readonly Viewer _viewer = new();
        private readonly FrameWriter _writer = new();
        private readonly Dictionary<int, EntityChange> _map = [];
        private readonly Dictionary<int, (int X, int Z, string Name)> _client = [];
        private readonly HashSet<int> _naive = [];
        private readonly Dictionary<int, string> _names = [];
        private readonly HashSet<int> _gone = [];
        private long _tick;

        /// <summary>Entity, what happens to it, where.</summary>
        public static readonly Gen<(int Entity, int Act, int X, int Z)[]> Steps =
            Gen.Select(Gen.Int[1, 9], Gen.Int[0, 9], Gen.Int[-12_000, 12_000], Gen.Int[-12_000, 12_000]).Array[1, 200];

        public void Tell((int Entity, int Act, int X, int Z)[] steps, bool[] skips)
        {
            Happen((Own, 5, 0, 0));
            for (var i = 0; i < steps.Length; i++)
            {
                Happen(steps[i]);
                if (!skips[i])
                    Look();
            }
        }

        private void Happen((int Entity, int Act, int X, int Z) step)
        {
            var (entity, act, x, z) = step;
            var before = _tick++;
            if (act == 0 && entity != Own)
                Leave(entity, before);
            else
                Move(entity, x, z, before, isRenamed: act == 1);
        }

        private void Leave(int entity, long before)
        {
            if (_map.Remove(entity))
                _gone.Add(entity);
            _replica.Apply(Frames.Leaves(before, _tick, entity));
        }

        private void Move(int entity, int x, int z, long before, bool isRenamed)
        {
            var isNew = !_map.ContainsKey(entity);
            if (isNew || isRenamed)
                _names[entity] = $"n{entity} at {_tick}";
            _map[entity] = Frames.At(entity, x, z, _tick);
            var state = Frames.Changes(before, _tick, _map[entity]);
            _replica.Apply(isNew || isRenamed ? state with { Identities = [Frames.Named(entity, _tick, _names[entity])] } : state);
        }

        private void Look()
        {
            if (Read(_viewer.Write(_replica, _interest, Own, _writer, out _), _writer) is { } frame)
                Take(frame);
            LookNaively();
            Assert.Equal(_naive.Order(), _client.Keys.Order());
            foreach (var entity in _naive)
                Assert.Equal((_map[entity].X, _map[entity].Z, _names[entity]), _client[entity]);
        }

        private void Take(MapFrame frame)
        {
            foreach (var left in frame.Left)
                Assert.True(_client.Remove((int)left), $"{left} left and was not there");
            foreach (var entity in frame.Entities)
                _client[(int)entity.Id] = (entity.XCm, entity.ZCm, entity.Identity?.Name ?? _client[(int)entity.Id].Name);
        }

        private void LookNaively()
        {
            var own = _map[Own];
            // Who was away between two looks and is back at the edge may be seen or not: both keep the promise.
            foreach (var back in _gone.Where(entity => _map.TryGetValue(entity, out var state) && Distance(state, own) is > 8_000 and <= 8_800))
                _ = _client.ContainsKey(back) ? _naive.Add(back) : _naive.Remove(back);
            _gone.Clear();
            _naive.RemoveWhere(entity => !_map.ContainsKey(entity) || Distance(_map[entity], own) > 8_800);
            _naive.UnionWith(_map.Values.Where(state => Distance(state, own) <= 8_000).Select(state => state.Entity));
        }

        private static double Distance(EntityChange a, EntityChange b) => Math.Sqrt(Math.Pow((double)a.X - b.X, 2) + Math.Pow((double)a.Z - b.Z, 2));
    }
}
