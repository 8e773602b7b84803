namespace MmoOrleans.Benchmarks.Load;

/// <summary>What the server left out in the measured time, by its own counters.</summary>
/// <param name="Rounds">Ticks of which no viewer got a frame.</param>
/// <param name="Steps">Steps of the map that were never made.</param>
/// <param name="Frames">Frames that single viewers did not get, those of such ticks included.</param>
internal sealed record Degradation(double Rounds, double Steps, double Frames)
{
    public static Degradation Between(ServerCounters before, ServerCounters after) =>
        new(after.RoundsSkipped - before.RoundsSkipped, after.StepsSkipped - before.StepsSkipped, after.FramesSkipped - before.FramesSkipped);
}
