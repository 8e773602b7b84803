namespace MmoOrleans.Grains.Lifecycle;

/// <summary>
/// Work that a silo repeats while it serves calls: begins when the silo has become active, unless it says otherwise, and is the first to stop,
/// while every grain still answers. The loop's own failures are for it to handle; one that escapes ends the silo's start or stop with it.
/// </summary>
public abstract class SiloLoop : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Of <see cref="ServiceLifecycleStage"/>: when it begins. It stops in reverse order.</summary>
    protected virtual int Stage => ServiceLifecycleStage.Active;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(GetType().Name, Stage, Begin, End);

    /// <summary>Repeats until told to stop, then takes its leave and returns.</summary>
    protected abstract Task Run(CancellationToken stop);

    /// <summary>Waits for the time or the stop.</summary>
    protected static async Task Pause(TimeSpan time, TimeProvider clock, CancellationToken stop) =>
        await Task.Delay(time, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits for the time, the event or the stop, whichever comes first.</summary>
    protected static async Task Pause(TimeSpan time, TimeProvider clock, Task sooner, CancellationToken stop)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(time, clock, done.Token), sooner);
        await done.CancelAsync();
    }

    private Task Begin(CancellationToken cancelled)
    {
        _running = Task.Run(() => Run(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task End(CancellationToken cancelled)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancelled);
    }
}
