using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Players;

/// <summary>When a line to all that was refused may be said again: only when the server had no time for it. One that is refused sooner is a failure.</summary>
internal static class Lines
{
    /// <summary>Flood control lets a player say that many lines at once.</summary>
    public const int MostTries = 5;

    /// <summary>How long a line may take to be stored.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(1.5);

    public static bool WasLate(long began) => Stopwatch.GetElapsedTime(began) >= InTime;
}
