namespace MmoOrleans.Sdk.Delivery;

/// <summary>Where a client does its work: raise events, change what it keeps, complete requests. One place only.</summary>
public enum EventDelivery
{
    /// <summary>
    /// On the SynchronizationContext that was current when the client was made (a UI or engine thread). Without one: on
    /// whichever thread brings the news, one thing at a time and in order; requests then complete on the thread pool.
    /// </summary>
    Captured,

    /// <summary>Inside <see cref="MmoClient.Pump"/>, and nowhere else: for game loops and platforms without threads.</summary>
    Pump,
}
