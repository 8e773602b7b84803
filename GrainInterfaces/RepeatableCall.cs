namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// A call that may be made twice. When the silo that has the grain is gone, or stops and takes no calls, it is made again: the grain is elsewhere soon,
/// and the player who waits for it would only be told to ask again.
/// </summary>
public static class RepeatableCall
{
    /// <summary>With their pauses two seconds: about as long as a silo that stops turns calls away, until its grains are elsewhere.</summary>
    private const int MostRepeats = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Fails as the last attempt did, or when it is called off in between.</summary>
    public static async Task<T> Make<T>(Func<Task<T>> call, TimeProvider time, CancellationToken stop = default)
    {
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await call();
            }
            catch (OrleansMessageRejectionException) when (repeats < MostRepeats)
            {
                await Task.Delay(Pause, time, stop);
            }
        }
    }
}
