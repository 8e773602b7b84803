namespace MmoOrleans.Gateway.Connections;

/// <summary>Tells a cluster that does not answer now from a mistake in the code.</summary>
internal static class GrainFailures
{
    /// <summary>A deadline that passed, a silo that went away, a client that is not connected: the same request may succeed later.</summary>
    public static bool IsUnavailable(Exception exception) =>
        exception is TimeoutException or OrleansException or OperationCanceledException;
}
