using System.Runtime.InteropServices;
using MmoOrleans.Gateway;

namespace MmoOrleans.Silo.Hosting;

/// <summary>The first Ctrl+C or SIGTERM stops the host in order, a second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public StopSignals() => _registrations =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    // The host's own lifetime hears the same signal and begins the stop.
    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
            Environment.Exit((int)ExitCode.Failed);
    }
}
