namespace MmoOrleans.GrainInterfaces;

/// <summary>How long a caller waits for calls that the cluster's own limit of 5 s is too short for.</summary>
public static class Patience
{
    /// <summary>
    /// Calls made of several bounded steps: selecting waits for a seat (5 s), for the old map to give the character back (2 s) and for
    /// the new one to start (5 s); passwords of one name are hashed one after another.
    /// </summary>
    public const string ManySteps = "00:00:20";
}
