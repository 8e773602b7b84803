using System.Runtime.InteropServices;
using MmoOrleans.Bots;

// Ctrl+C and SIGTERM end a run early; its report is written all the same.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await new Command(Console.Out, Console.Error, TimeProvider.System).Run(args, stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
