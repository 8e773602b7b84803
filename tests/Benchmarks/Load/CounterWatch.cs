namespace MmoOrleans.Benchmarks.Load;

/// <summary>Reads a server's counters twice a second until it is stopped.</summary>
internal sealed class CounterWatch(Servers servers)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<ServerCounters> _read = [];
    private Task _reading = Task.CompletedTask;

    public CounterWatch Start()
    {
        _reading = Read();
        return this;
    }

    /// <summary>What was read, in order.</summary>
    public async Task<IReadOnlyList<ServerCounters>> Stop()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
        return _read;
    }

    private async Task Read()
    {
        while (!_stop.IsCancellationRequested)
        {
            _read.Add(await servers.Counters());
            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
