using MmoOrleans.Chaos.Histories;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos.Wanderers;

/// <summary>Names for characters, each for two writers: one gets it.</summary>
internal sealed class ContestedNames
{
    private int _given;

    public string Next() => $"x_{Interlocked.Increment(ref _given) / 2}";
}

/// <summary>
/// Makes one account and character after another, so that at any moment something is being written that was not acknowledged yet, and
/// asks for a name each time that another writer wants as well.
/// </summary>
internal sealed class Writer(History history, string name, ContestedNames contested)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    private volatile bool _isWriting;

    public bool IsWriting => _isWriting;

    public async Task Run(Func<Door> door, CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            using var client = new MmoClient(MmoClientOptions.Default);
            var who = $"{name}_{number}";
            _isWriting = true;
            try
            {
                await Newcomer.Make(history, client, door(), who);
                _isWriting = false;
                var wanted = contested.Next();
                if ((await client.CreateCharacterAsync(wanted)).IsGranted(out _))
                    history.Add(new Witnessed.Named(history.Now, who, wanted));
            }
            catch (MmoException)
            {
                // Refused or not answered, so not acknowledged: whether it is there does not matter.
                _isWriting = false;
                history.Add(new Witnessed.Failed(history.Now, who));
                await Task.Delay(AfterFailure, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
