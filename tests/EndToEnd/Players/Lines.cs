using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Players;

/// <summary>Lines to all, on a machine that may be too busy to take one in time.</summary>
internal static class Lines
{
    /// <summary>Flood control lets a player say that many lines at once.</summary>
    private const int MostTries = 5;

    /// <summary>How long a line may take to be stored.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Says a line, and again what was refused only after the server had no time for it: one that is refused sooner is a failure. Answers the last answer.</summary>
    public static async Task<T> Say<T>(Func<Task<T>> say, Func<T, bool> isRefused)
    {
        for (var tries = 1; ; tries++)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await say();
            if (!isRefused(answer) || Stopwatch.GetElapsedTime(began) < InTime || tries == MostTries)
                return answer;
        }
    }
}
