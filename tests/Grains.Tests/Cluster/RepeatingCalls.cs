using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Calls that are made again when the silo that had the grain goes away under them.</summary>
public sealed class RepeatingCalls
{
    private readonly FakeTimeProvider _time = new();
    private int _made;

    [Fact]
    public async Task A_grain_that_is_elsewhere_by_then_answers()
    {
        var call = RepeatableCall.Make(() => _made++ < 2 ? Task.FromException<int>(new SiloUnavailableException()) : Task.FromResult(7), _time);
        Assert.Equal(7, await Passing(call));
        Assert.Equal(3, _made);
    }

    [Fact]
    public async Task One_that_was_turned_away_by_a_silo_that_stops_does_too()
    {
        var call = RepeatableCall.Make(() => _made++ < 9 ? Task.FromException<int>(TurnedAway()) : Task.FromResult(7), _time);
        Assert.Equal(7, await Passing(call));
        Assert.Equal(10, _made);
    }

    [Fact]
    public async Task One_that_is_nowhere_fails_as_the_last_attempt_did()
    {
        var call = RepeatableCall.Make(() => Task.FromException<int>(new SiloUnavailableException($"{++_made}")), _time);
        var failure = await Assert.ThrowsAsync<SiloUnavailableException>(() => Passing(call));
        Assert.Equal(("21", 21), (failure.Message, _made));
    }

    [Fact]
    public async Task What_says_nothing_about_the_silo_is_not_repeated()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => RepeatableCall.Make(() => Task.FromException<int>(new TimeoutException($"{++_made}")), _time));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Whoever_is_gone_asks_no_more()
    {
        using var gone = new CancellationTokenSource();
        var call = RepeatableCall.Make(() => Task.FromException<int>(new SiloUnavailableException($"{++_made}")), _time, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, _made);
    }

    /// <summary>Only the runtime makes these.</summary>
    private static OrleansMessageRejectionException TurnedAway() => (OrleansMessageRejectionException)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, ["Silo stopping"], CultureInfo.InvariantCulture)!;

    private async Task<int> Passing(Task<int> call)
    {
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        return await call;
    }
}
