using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

/// <summary>The thread pool belongs to the whole process: no other test may run a store that hangs meanwhile.</summary>
[Collection(nameof(HangingCalls))]
[CollectionDefinition(nameof(HangingCalls), DisableParallelization = true)]
public class HangingCalls
{
    [Fact]
    public void The_thread_pool_may_make_a_thread_at_once_for_each_call_that_hangs()
    {
        var before = FewestThreads();
        var health = new StoreHealth();
        var calls = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToList();
        foreach (var call in calls)
            health.Suspect(call.Task, isWrite: false);
        Assert.Equal(before + 5, FewestThreads());
        calls[0].SetResult();
        calls[1].SetException(new TimeoutException());
        Assert.Equal(before + 3, FewestThreads());
        foreach (var call in calls)
            call.TrySetResult();
        Assert.Equal(before, FewestThreads());
    }

    [Fact]
    public void However_many_calls_hang_the_threads_are_bounded()
    {
        var before = FewestThreads();
        var health = new StoreHealth();
        var calls = Enumerable.Range(0, 1000).Select(_ => new TaskCompletionSource()).ToList();
        foreach (var call in calls)
            health.Suspect(call.Task, isWrite: true);
        Assert.InRange(FewestThreads(), before + 1, before + 32);
        foreach (var call in calls)
            call.SetResult();
        Assert.Equal(before, FewestThreads());
    }

    private static int FewestThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out _);
        return workers;
    }
}
