using System.Runtime.InteropServices;

namespace MmoOrleans.Gateway;

/// <summary>The first Ctrl+C or SIGTERM stops the host in order, a second one ends the process at once.</summary>
/// <param name="end">Ends the process; the argument is the exit code.</param>
public sealed class StopSignals(Action<int> end) : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _asked = new();
    private int _received;

    /// <summary>Those of this process, until it is disposed.</summary>
    public static StopSignals Listen()
    {
        var signals = new StopSignals(Environment.Exit);
        PosixSignal[] asking = [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        signals._registrations.AddRange(asking.Select(signal => PosixSignalRegistration.Create(signal, signals.Take)));
        return signals;
    }

    /// <summary>Fires with the first one: also for a host that is still being built and hears no signals itself yet.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>One has come.</summary>
    public void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
            end((int)ExitCode.Failed);
        else
            _asked.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _asked.Dispose();
    }
}
