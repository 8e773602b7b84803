using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Calls;
using MmoOrleans.Grains.Maps.Saving;

namespace MmoOrleans.Grains.Tests.Maps;

/// <summary>When a map that is drained is ready to go, and when it goes on by itself. Nobody has ever needed this one, so it has nothing to store.</summary>
public sealed class BeingDrained
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _time = new();
    private readonly Map _map = new SteppedMap(claimed: false).Map;
    private readonly RecordCalls _record;
    private readonly Draining _draining;

    public BeingDrained()
    {
        var metrics = new MapMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var outbox = new Outbox(_time, Patience, result => result(), metrics.CallsUnderWay);
        var calls = new MapCalls(_map, new MapOptions(), outbox, null!, null!, NullLogger.Instance, metrics); // It calls nobody.
        (_record, _draining) = (new RecordCalls(calls), new Draining(calls, _time));
    }

    [Fact]
    public async Task It_may_go_when_everything_is_stored()
    {
        var draining = _draining.Drain(Patience, DrainReason.Move);
        Assert.False(draining.IsCompleted);
        Step(TimeSpan.Zero);
        var drained = await draining;
        Assert.Equal((0, true), (drained!.Unsaved, drained.IsStored));
        Assert.True(_draining.MayMove(drained.Id));
    }

    [Fact]
    public async Task What_its_systems_have_asked_for_is_waited_for_but_not_long()
    {
        _map.Errands.Add(_ => Task.FromResult<Action>(() => { }));
        var draining = _draining.Drain(Patience, DrainReason.StopAndMove);
        Step(TimeSpan.FromSeconds(0.9));
        Assert.False(draining.IsCompleted);
        Step(TimeSpan.FromSeconds(0.1));
        Assert.True((await draining)!.IsStored);
    }

    [Fact]
    public void One_that_was_to_move_and_was_forgotten_goes_on_by_itself()
    {
        _draining.Drain(Patience, DrainReason.Move).Ignore();
        Step(Draining.LongestMove - TimeSpan.FromSeconds(1));
        Assert.True(_map.IsDraining);
        Step(TimeSpan.FromSeconds(1));
        Assert.False(_map.IsDraining);
    }

    [Fact]
    public void One_whose_silo_stops_with_it_does_not()
    {
        _draining.Drain(Patience, DrainReason.Stop).Ignore();
        Step(Draining.LongestMove * 2);
        Assert.True(_map.IsDraining);
    }

    [Fact]
    public async Task Whoever_had_drained_it_before_its_silo_stops_may_neither_move_it_nor_let_it_go_on()
    {
        var first = _draining.Drain(Patience, DrainReason.Move);
        Step(TimeSpan.Zero);
        var moves = (await first)!;
        var second = _draining.Drain(Patience, DrainReason.StopAndMove);
        Step(TimeSpan.Zero);
        _draining.Resume(moves.Id);
        Assert.True(_map.IsDraining);
        Assert.Equal((false, true), (_draining.MayMove(moves.Id), _draining.MayMove((await second)!.Id)));
    }

    [Fact]
    public async Task Whoever_still_waits_for_it_is_told_that_it_was_taken_over()
    {
        var first = _draining.Drain(Patience, DrainReason.Move);
        _draining.Drain(Patience, DrainReason.StopAndMove).Ignore();
        Assert.Null(await first);
    }

    private void Step(TimeSpan after)
    {
        _time.Advance(after);
        _draining.Step(_time.GetUtcNow(), _record);
    }
}
