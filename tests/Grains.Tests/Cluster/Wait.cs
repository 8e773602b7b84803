namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Waits for what happens on other threads; a wait that ends without it says who waited for what and what was there instead.</summary>
internal static class Wait
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>Until the condition holds; <paramref name="what"/> ends the sentence "Waited for ...".</summary>
    internal static Task Until(Func<bool> condition, string what, TimeSpan? within = null) =>
        For(() => Task.FromResult(condition()), holds => holds, what, within);

    /// <summary>Looks until what it sees satisfies, and returns that.</summary>
    internal static async Task<T> For<T>(Func<Task<T>> look, Func<T, bool> satisfies, string what, TimeSpan? within = null)
    {
        var limit = within ?? Long;
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (satisfies(seen)) return seen;
            if (TimeProvider.System.GetElapsedTime(start) > limit)
                throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} s for {what}; there was {seen} instead.");
            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Until the task has ended.</summary>
    internal static async Task In(Task task, string what, TimeSpan? within = null)
    {
        var limit = within ?? Long;
        if (await Task.WhenAny(task, Task.Delay(limit)) == task) await task;
        else throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} s for {what}.");
    }

    /// <summary>The task's result, or a failure that says what it was to bring.</summary>
    internal static async Task<T> In<T>(Task<T> task, string what, TimeSpan? within = null)
    {
        var limit = within ?? Long;
        if (await Task.WhenAny(task, Task.Delay(limit)) == task) return await task;
        throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} s for {what}.");
    }
}
