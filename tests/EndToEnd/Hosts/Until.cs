using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>Waits for something that another process does. Says what was waited for and what was there instead.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    public static async Task<T> Found<T>(Func<T?> look, string what, Func<string> instead)
        where T : class
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Between);
        while (true)
        {
            if (look() is { } found)
                return found;
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Waited for {what}. There was:\n{instead()}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Looks until what it sees satisfies.</summary>
    public static async Task Seen<T>(Func<Task<T>> look, Func<T, bool> satisfies, string what)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Between);
        while (await look() is var seen && !satisfies(seen))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Waited for {what}. There was:\n{seen}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task True(Func<bool> look, string what, Func<string> instead) => Found(() => look() ? "" : null, what, instead);
}
