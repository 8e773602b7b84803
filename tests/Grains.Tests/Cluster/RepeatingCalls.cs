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
    public async Task One_that_is_nowhere_fails_as_the_last_attempt_did()
    {
        var call = RepeatableCall.Make(() => Task.FromException<int>(new SiloUnavailableException($"{++_made}")), _time);
        var failure = await Assert.ThrowsAsync<SiloUnavailableException>(() => Passing(call));
        Assert.Equal(("6", 6), (failure.Message, _made));
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
