using System.Runtime.InteropServices;
using MmoOrleans.Gateway;

namespace MmoOrleans.Silo.Tests.Hosting;

public sealed class BeingToldToStop
{
    [Fact]
    public void The_first_signal_is_left_to_the_host_and_the_second_ends_the_process()
    {
        var ends = new List<int>();
        using var signals = new StopSignals(ends.Add);
        var signal = new PosixSignalContext(PosixSignal.SIGINT);

        signals.Take(signal);
        Assert.True(signal.Cancel);
        Assert.True(signals.Asked.IsCancellationRequested);
        Assert.Empty(ends);

        signals.Take(new PosixSignalContext(PosixSignal.SIGTERM));
        Assert.Equal([(int)ExitCode.Failed], ends);
    }
}
