namespace MmoOrleans.GrainInterfaces;

/// <summary>How long a caller waits for calls that the cluster's own limit of 5 s does not suit.</summary>
public static class Patience
{
    /// <summary>
    /// Calls made of several bounded steps: selecting waits for a seat (5 s), for the old map to give the character back (2 s) and for
    /// the new one to start (5 s); passwords of one name are hashed one after another.
    /// </summary>
    public const string ManySteps = "00:00:20";

    /// <summary>
    /// Calls that a map makes from its outbox, which waits for 2 s: one that has waited longer for its turn is not made at all. Those that were
    /// asked again behind it are answered the sooner.
    /// </summary>
    public const string OfAMap = "00:00:03";
}
