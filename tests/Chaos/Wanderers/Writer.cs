using MmoOrleans.Chaos.Histories;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos.Wanderers;

/// <summary>Makes one account and character after another, so that at any moment something is being written that was not acknowledged yet.</summary>
internal sealed class Writer(History history, string name)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    private volatile bool _isWriting;

    public bool IsWriting => _isWriting;

    public async Task Run(Func<Door> door, CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            using var client = new MmoClient(MmoClientOptions.Default);
            _isWriting = true;
            try
            {
                await Newcomer.Make(history, client, door(), $"{name}_{number}");
                _isWriting = false;
            }
            catch (MmoException)
            {
                // Refused or not answered, so not acknowledged: whether it is there does not matter.
                _isWriting = false;
                await Task.Delay(AfterFailure, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
